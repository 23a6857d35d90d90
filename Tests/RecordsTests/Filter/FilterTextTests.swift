import Testing

@testable import Records

/// The text of filters, as a person types it.
@Suite("Filter text")
struct FilterTextTests {
    @Test(
        arguments: [
            ("from-container=web* not port=53", "from-container=web* not port=53"),
            (" \t port=53\n", "port=53"), ("ip=10.1.2.3/8", "ip=10.0.0.0/8"), ("protocol=ICMPv6", "protocol=ipv6-icmp"),
            ("protocol=006", "protocol=6"), ("label=a=b=c", "label=a=b=c"), ("container=\"a\"", "container=a"),
            ("label=\"tier=front end\"", "label=\"tier=front end\""), ("container=a\"b", "container=a\"b"),
            ("container=\"\\\"a\\\\ b\"", "container=\"\\\"a\\\\ b\""), ("not to-pod=a/b", "not to-pod=a/b"),
            ("container=not not container=x", "container=not not container=x"), ("container==", "container=="),
            ("container=\"a\u{301} \"", "container=\"a\u{301} \""), ("", ""), ("   ", ""),
        ]
    )
    func readsAndWritesTheSame(text: String, written: String) throws {
        let filter = try FlowFilter(parsing: text)
        #expect(filter.description == written)
        #expect(try FlowFilter(parsing: filter.description) == filter)
    }

    @Test(
        arguments: [
            ("port=53 contaner=web", .unknownKey(suggestion: "container"), "contaner", 8..<16),
            ("form-ip=10.0.0.1", .unknownKey(suggestion: "from-ip"), "form-ip", 0..<7),
            ("prot", .unknownKey(suggestion: "port"), "prot", 0..<4),
            ("verdict=DROPPED", .unknownKey(suggestion: nil), "verdict", 0..<7),
            ("web", .noValue, "web", 0..<3), ("port=53 pod", .noValue, "pod", 8..<11),
            ("port =53", .noValue, "port", 0..<4),
            ("=web", .unknownKey(suggestion: nil), "", 0..<0), ("port=", .value(.empty), "port=", 5..<5),
            ("pod=\"\"", .value(.empty), "pod=", 4..<6),
            ("ip=10.0.0.300", .value(.notAnAddress), "ip=10.0.0.300", 3..<13),
            ("not ip=web", .value(.notAnAddress), "ip=web", 7..<10), ("port=+5", .value(.notAPort), "port=+5", 5..<7),
            ("port=65536", .value(.notAPort), "port=65536", 5..<10),
            ("protocol=dsn", .value(.notAProtocol(suggestion: "dns")), "protocol=dsn", 9..<12),
            ("protocol=256", .value(.notAProtocol(suggestion: nil)), "protocol=256", 9..<12),
            ("direction=inward", .value(.notADirection(suggestion: nil)), "direction=inward", 10..<16),
            ("direction=engress", .value(.notADirection(suggestion: "ingress")), "direction=engress", 10..<17),
            ("label==x", .value(.noKey), "label==x", 6..<8), ("not", .nothingToNegate, "not", 0..<3),
            ("port=1 not", .nothingToNegate, "not", 7..<10), ("not not port=1", .nothingToNegate, "not", 4..<7),
            ("pod=\"a b", .openQuote, "\"a b", 4..<8), ("pod=\"a\\\"", .openQuote, "\"a\\\"", 4..<8),
            ("pod=\"a\"b", .notBehindQuote, "b", 7..<8),
        ] as [(String, FilterError.Problem, String, Range<Int>)]
    )
    func pointsAtTheWord(text: String, problem: FilterError.Problem, word: String, range: Range<Int>) {
        let error = #expect(throws: FilterError.self) { try FlowFilter(parsing: text) }
        #expect(error == FilterError(problem: problem, word: word, range: range))
        // One line that says what to do.
        #expect(error?.description.contains("\n") == false)
    }

    @Test func saysWhatCanBeAsked() {
        let error = #expect(throws: FilterError.self) { try FlowFilter(parsing: "verdict=x") }
        #expect(
            error?.description.hasSuffix(
                "container, image, label, namespace, pod, ip, port, segment, protocol, direction"
            ) == true
        )
    }

    @Test func hasAnEnd() throws {
        let most = Array(repeating: "port=1", count: FlowFilter.termLimit).joined(separator: " ")
        #expect(try FlowFilter(parsing: most).terms.count == FlowFilter.termLimit)
        let more = #expect(throws: FilterError.self) { try FlowFilter(parsing: most + " port=2") }
        #expect(more?.problem == .tooMany)
        let value = String(repeating: "a", count: FlowFilter.valueLimit)
        #expect(try FlowFilter(parsing: "pod=\(value)").terms.count == 1)
        let longer = #expect(throws: FilterError.self) { try FlowFilter(parsing: "pod=\(value)a") }
        #expect(longer?.problem == .value(.tooLong))
        let text = String(repeating: " ", count: FlowFilter.textLimit)
        #expect(try FlowFilter(parsing: text).isEmpty)
        let long = #expect(throws: FilterError.self) { try FlowFilter(parsing: text + " ") }
        #expect(long?.problem == .tooLong)
    }

    /// As long as can be, quoted throughout.
    @Test func theLongestFilterCanBeReadAgain() throws {
        let value = String(repeating: "\\ ", count: FlowFilter.valueLimit / 2)
        let key = try #require(FilterVocabulary.key("from-container"))
        let term = try key.term(value, isNegated: true)
        let filter = FlowFilter(Array(repeating: term, count: FlowFilter.termLimit))
        #expect(try FlowFilter(parsing: filter.description) == filter)
    }

    /// Bytes of any kind, words of the language among them.
    @Test func nothingTypedEverTraps() {
        var numbers = SeededNumbers(seed: 7)
        let words = [
            "not ", "from-", "to-", "container", "label", "ip", "port", "protocol", "segment", "=", "\"", "\\", " ",
            "*", "a",
            "10.0.0.1", "/", "53", "tcp", "\u{301}", "é", "\u{0}", "port=53 ", "pod=", "\r\n",
        ]
        var read = 0
        for round in 0..<20_000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &numbers) {
                if round % 2 == 0 {
                    bytes += Array((words.randomElement(using: &numbers) ?? "").utf8)
                } else {
                    bytes.append(.random(in: 0...255, using: &numbers))
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            do throws(FilterError) {
                let filter = try FlowFilter(parsing: text)
                read += filter.isEmpty ? 0 : 1
                _ = filter.holds(of: .shop)
                let again = try FlowFilter(parsing: filter.description)
                #expect(again == filter, "\(text) \(filter)")
            } catch {
                #expect(0...text.utf8.count ~= error.range.upperBound, "\(text)")
                #expect(!error.description.isEmpty)
            }
        }
        #expect(read > 50)
    }

    /// Every kind, at every end, with values of every sort.
    @Test func everyFilterIsReadAgainFromItsText() throws {
        var numbers = SeededNumbers(seed: 9)
        let values = [
            "web*", "a b", "\"", "\\", "x=y", "10.0.0.0/8", "fd00::/8", "53", "0", "udp", "tls", "internal", "not", "*",
            "ä ö",
            "=", "\t", "a\"b c\\",
        ]
        for _ in 0..<2000 {
            var terms: [FilterTerm] = []
            for _ in 0..<Int.random(in: 1...6, using: &numbers) {
                guard let key = FilterVocabulary.keys.randomElement(using: &numbers),
                    let value = values.randomElement(using: &numbers),
                    let term = try? key.term(value, isNegated: .random(using: &numbers))
                else { continue }
                terms.append(term)
            }
            let filter = FlowFilter(terms)
            #expect(try FlowFilter(parsing: filter.description) == filter)
        }
    }
}
