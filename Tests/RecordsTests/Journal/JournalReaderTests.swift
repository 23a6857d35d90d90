import Addressing
import Containers
import Testing

@testable import Records

@Suite("Journal reader")
struct JournalReaderTests {
    private func read(_ bytes: [UInt8], chunk: Int = .max) throws(JournalError) -> [JournalEntry] {
        var reader = JournalReader()
        var entries: [JournalEntry] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, chunk == .max ? bytes.count : start + chunk)
            try reader.read(bytes.span.extracting(start..<end)) { entries.append($0) }
            start = end
        }
        try reader.finish { entries.append($0) }
        return entries
    }

    private func failure(_ text: String) -> JournalError? {
        do {
            _ = try read(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    /// A line of the journal with other keys; `rest` follows the time and the kind.
    private func line(_ word: String, _ rest: String, time: String = "1970-01-01T00:00:00Z") -> String {
        #"{"@timestamp":"\#(time)","event":{"kind":"state"},"portolan":{"change":"\#(word)"},\#(rest)}"#
    }

    @Test(arguments: [.max, 1, 7, 1000])
    func readsEveryEntryAsItWasWritten(chunk: Int) throws {
        #expect(try read(JournalEntries.text, chunk: chunk) == JournalEntries.all)
    }

    @Test func theSamplesHoldEveryWord() {
        #expect(Set(JournalEntries.changes.map(\.word)) == Set(ChangeWord.allCases))
    }

    @Test func writesWhatItReadTheSameAgain() throws {
        var writer = JournalWriter()
        for entry in try read(JournalEntries.text) { writer.write(entry) }
        #expect(writer.bytes == JournalEntries.text)
    }

    @Test func passesOverWhatIsNoneOfItsOwn() throws {
        let text =
            #"{"event":{"kind":"event","action":"flow_ended"},"portolan":{"change":"host"}}"# + "\n\n  \r\n"
            + line("invented_later", #""x":1"#) + "\n[1]\n"
            + line("namespace_gone", #""interface":{"netns":5,"new":[1.5,{"a":null}]},"newer":true"#) + "\r\n"
        var reader = JournalReader()
        var entries: [JournalEntry] = []
        try reader.read(Array(text.utf8).span) { entries.append($0) }
        try reader.finish { entries.append($0) }
        #expect(entries.map(\.change) == [.namespaceGone(NetworkNamespace(inode: 5))])
        #expect(reader.skipped == 3)
        #expect(reader.lines == 6)
    }

    @Test func readsALastLineWithoutAnEnd() throws {
        let entries = try read(JournalEntries.text.dropLast())
        #expect(entries == JournalEntries.all)
    }

    @Test func saysThatTheLastLineBreaksOff() {
        let text = String(decoding: JournalEntries.text.dropLast(3), as: UTF8.self)
        let error = failure(text)
        #expect(error == JournalError(line: JournalEntries.all.count, reason: .brokenOff))
        #expect(error.map { "\($0)" } == "line \(JournalEntries.all.count) breaks off")
    }

    @Test func namesTheLineAndTheKey() {
        let good = line("namespace_gone", #""interface":{"netns":5}"#) + "\n"
        let cases: [(String, JournalError.Reason, String)] = [
            ("{", .notJSON(.unexpected(at: 1)), "line 2 is no JSON at byte 2"),
            (#"{"a":1,"a":2}"#, .notJSON(.repeatedKey(at: 7)), "line 2 has a key twice, again at byte 8"),
            (
                line("container_ended", #""container":{"generation":1}"#), .missing("container.id"),
                "line 2 lacks container.id"
            ),
            (
                line("container_ended", #""container":{"id":"a","generation":-1}"#), .wrong("container.generation"),
                "line 2 has a value for container.generation that cannot be"
            ),
        ]
        for (text, reason, sentence) in cases {
            let error = failure(good + text + "\n")
            #expect(error == JournalError(line: 2, reason: reason))
            #expect(error.map { "\($0)" } == sentence)
        }
    }

    @Test(arguments: [
        ("host", #""host":{"name":"a"}"#, "host.netns"),
        ("host", #""host":{"netns":"net:[7]"}"#, "host.netns"),
        ("host", #""host":{"netns":-1}"#, "host.netns"),
        ("host", #""host":{"netns":18446744073709551616}"#, "host.netns"),
        ("host", #""host":7"#, "host"),
        ("container", #""container":{"id":"a","generation":1,"networks":[1]}"#, "container.networks"),
        ("container", #""container":{"id":"a","generation":1,"published":{}}"#, "container.published"),
        ("container", #""container":{"id":"a","generation":1,"published":[7]}"#, "container.published"),
        (
            "container", #""container":{"id":"a","generation":1,"published":[{"ip":"::","port":1,"iana_number":6}]}"#,
            "container.published.container_port"
        ),
        ("container", #""container":{"id":7,"generation":1}"#, "container.id"),
        ("container", #""container":{"id":"a","generation":4294967296}"#, "container.generation"),
        ("container", #""container":{"id":"a","generation":1.0}"#, "container.generation"),
        ("container", #""container":{"id":"a","generation":1,"labels":["x"]}"#, "container.labels"),
        ("container", #""container":{"id":"a","generation":1,"labels":{"x":1}}"#, "container.labels"),
        ("container", #""container":{"id":"a","generation":1,"created":"yesterday"}"#, "container.created"),
        ("container", #""container":{"id":"a","generation":1,"sandbox":"yes"}"#, "container.sandbox"),
        ("interface", #""interface":{"netns":1,"ifindex":1}"#, "interface.name"),
        (
            "interface", #""interface":{"netns":1,"ifindex":1,"name":"a","peer":{"ifindex":1}}"#,
            "interface.peer.netns"
        ),
        ("interface", #""interface":{"netns":1,"ifindex":1,"name":"a","mac":"02:42"}"#, "interface.mac"),
        (
            "address", #""interface":{"netns":1,"ifindex":1,"ip":"10.0.0.1","prefix_length":33}"#,
            "interface.prefix_length"
        ),
        ("address", #""interface":{"netns":1,"ifindex":1,"ip":"10.0.0.01","prefix_length":8}"#, "interface.ip"),
        ("listener", #""network":{"iana_number":256},"listener":{"netns":1}"#, "network.iana_number"),
        ("socket", #""network":{"iana_number":6},"socket":{"netns":1}"#, "socket.local.ip"),
        (
            "socket",
            #""network":{"iana_number":6},"socket":{"netns":1,"local":{"ip":"::","port":1},"remote":{"ip":"::","port":1}}"#,
            "socket.since"
        ),
        ("scope", #""segment":{"id":1},"scope":{"kind":"cosmic"}"#, "scope.kind"),
        ("scope", #""scope":{"kind":"bare"}"#, "interface.netns"),
    ])
    func refusesValuesThatCannotBe(word: String, rest: String, key: String) {
        let reason = failure(line(word, rest))?.reason
        #expect(reason == .missing(key) || reason == .wrong(key))
    }

    @Test func anEntryWithoutATimeIsNone() {
        #expect(failure(#"{"event":{"kind":"state"},"portolan":{"change":"host"}}"#)?.reason == .missing("@timestamp"))
        let wrong = line("host", #""host":{"netns":1}"#, time: "1970-02-30T00:00:00Z")
        #expect(failure(wrong)?.reason == .wrong("@timestamp"))
    }

    @Test func aRuntimeThatIsNotKnownIsAsGoodAsNone() throws {
        let text = line("container", #""container":{"id":"a","generation":1,"runtime":"lxc"}"#)
        let entries = try read(Array(text.utf8))
        #expect(entries.map(\.change) == [.container(Container(key: ContainerKey(identifier: "a", generation: 1)))])
    }

    @Test(arguments: [0, 1]) func aLineEndsAtItsLimit(excess: Int) {
        let frame = line("namespace_gone", #""interface":{"netns":5},"x":"""#)
        let filler = String(repeating: "x", count: JournalReader.lineLimit - frame.utf8.count + excess)
        let text = line("namespace_gone", #""interface":{"netns":5},"x":"\#(filler)""#)
        #expect(failure(text)?.reason == (excess > 0 ? .tooLong : nil))
        #expect(failure(text + "\n")?.reason == (excess > 0 ? .tooLong : nil))
    }

    @Test func aLineThatNeverEndsIsNotKept() {
        var reader = JournalReader()
        let piece = [UInt8](repeating: 0x20, count: 65_536)
        var count = 0
        var failure: JournalError?
        while failure == nil, count < 1000 {
            do throws(JournalError) {
                try reader.read(piece.span) { _ in }
                count += 1
            } catch {
                failure = error
            }
        }
        #expect(failure == JournalError(line: 1, reason: .tooLong))
        #expect(count == JournalReader.lineLimit / piece.count)
    }

    /// A journal with bytes changed, cut and doubled: there is an answer, and what is read can be written.
    @Test func noDamageTraps() {
        let whole = JournalEntries.text
        var random = SystemRandomNumberGenerator()
        var failures = 0
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes[place] = Array("{}[]\",:0129-e\\\n".utf8).randomElement(using: &random) ?? 0
                case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 30)], at: place)
                }
            }
            var reader = JournalReader()
            var writer = JournalWriter()
            do throws(JournalError) {
                try reader.read(bytes.span) { writer.write($0) }
                try reader.finish { writer.write($0) }
            } catch {
                failures += 1
                #expect(error.line >= 1 && error.line <= JournalEntries.all.count + 8)
            }
        }
        #expect(failures > 100)
    }
}
