import Addressing
import Containers
import Enforcement
import Policy
import Records
import Testing

@Suite("Records of blocks")
struct BlockRecordTests {
    private static let time = Timestamp(nanoseconds: 1_800_000_000_000_000_001)

    private static func record(_ subject: BlockSubject, _ target: BlockTarget, _ author: BlockAuthor) -> BlockRecord {
        let order = BlockOrder(
            subject,
            target,
            options: [.bothDirections, .cut],
            reason: "\u{1b}[31m \"why\"",
            author: author
        )
        let until = Timestamp(nanoseconds: time.nanoseconds + 600)
        let block = Block(identifier: BlockIdentifier(17), order: order, from: time, until: until)
        var record = BlockRecord(.verified, block, state: .holds, at: time)
        record.stopped = StoppedTraffic(packets: 3, bytes: 180)
        return record
    }

    private static let key = ContainerKey(identifier: "0123456789abcdef", generation: 2)

    private static var all: [BlockRecord] {
        get throws {
            let person = BlockAuthor.person(userIdentifier: 1000, name: "ada")
            let prefix = try #require(IPPrefix("2001:db8::/32"))
            let address = try #require(IPAddress("192.0.2.7"))
            var selector = Selector()
            for word in [
                "label=tier=db", "label=app", "image=*/nginx:*", "name=web*", "namespace=a", "pod=b", "network=c",
                "segment=42", "cidr=10.0.0.0/8",
            ] {
                let isRead = SelectorWords.add(word, to: &selector)
                #expect(isRead)
            }
            let traffic = Traffic(protocolNumber: 6, ports: [443...443, 8000...8010])
            let answer = DomainAnswer(name: "bad.example", addresses: [address], asker: key)
            var ended = record(.container(key), .everything(allowing: [prefix]), person)
            ended.action = .ended
            ended.state = .ended
            ended.ended = time
            ended.endedBy = "ada (uid 1000)"
            ended.message = "so it is"
            ended.container = Container(key: key)
            ended.container?.description.name = "web"
            return [
                ended, record(.container(key), .traffic(.prefix(prefix), traffic), .rule("scan.vertical", alert: "a1")),
                record(.container(key), .traffic(.domain(answer), Traffic()), .course),
                record(.selector(selector), .traffic(.anyone, traffic), person),
                record(.address(address), .everything(allowing: []), person),
            ]
        }
    }

    @Test func areToldInWordsAndAskedForAgain() throws {
        let all = try Self.all
        #expect(
            all.map(\.what) == [
                "quarantine but 2001:db8::/32 both ways cut", "to 2001:db8::/32 tcp 443,8000-8010 both ways cut",
                "to bad.example both ways cut", "to anybody tcp 443,8000-8010 both ways cut",
                "with anybody both ways cut",
            ]
        )
        let requests = all.map { $0.request.map { "\($0.name)=\($0.value)" }.joined(separator: " ") }
        #expect(requests[0] == "container=0123456789abcdef quarantine=true allow=2001:db8::/32 cut=true both=true")
        #expect(
            requests[1]
                == "container=0123456789abcdef to=2001:db8::/32 protocol=6 port=443 port=8000-8010 cut=true both=true"
        )
        #expect(requests[3].hasPrefix("selector=label=tier=db selector=label=app "))
        #expect(requests[4] == "address=192.0.2.7 cut=true both=true")
    }

    @Test func areReadAsTheyWereWritten() throws {
        for record in try Self.all {
            let line = record.line
            #expect(line.last == 0x0a)
            #expect(!line.dropLast().contains { $0 < 0x20 })
            let text = Array(line.dropLast())
            let read = try BlockRecord(reading: text.span)
            #expect(read == record)
        }
    }

    @Test func sayWhoAndWhatInTheEstablishedKeys() throws {
        let text = String(decoding: try Self.all[0].line, as: UTF8.self)
        for part in [
            "\"action\":\"block_ended\"", "\"category\":\"enforcement\"", "\"source\":{\"container\":{\"id\":\"0123",
            "\"block\":{\"id\":17,\"state\":\"ended\"", "\"packets\":3",
            "\"quarantine\":true,\"allow\":[\"2001:db8::/32\"]",
            "\"author\":{\"uid\":1000,\"name\":\"ada\"}", "\"ended_by\":\"ada (uid 1000)\"", "\"message\":\"so it is\"",
        ] { #expect(text.contains(part), "\(part) is not in \(text)") }
        let open = try Self.all[1]
        var failing = open
        failing.action = .failsOpen
        let alert = String(decoding: failing.line, as: UTF8.self)
        #expect(alert.contains("\"kind\":\"alert\",\"action\":\"fail_open\""))
        #expect(alert.contains("\"id\":\"enforcement.fail_open\""))
    }

    @Test func ofOthersAreNone() throws {
        let other = Array("{\"event\":{\"action\":\"flow_ended\"}}".utf8)
        let read = try BlockRecord(reading: other.span)
        #expect(read == nil)
        for text in [
            "", "[]", "{\"event\":{\"action\":\"block\"}}",
            "{\"@timestamp\":\"2026-11-27T00:00:00Z\",\"event\":{\"action\":\"block\",\"start\":\"2026-11-27T00:00:00Z\"},"
                + "\"portolan\":{\"block\":{\"state\":\"holds\",\"reason\":\"\",\"packets\":-1,\"bytes\":0,"
                + "\"who\":{\"ip\":\"::1\"}}}}",
        ] {
            let bytes = Array(text.utf8)
            var isRefused = false
            do { _ = try BlockRecord(reading: bytes.span) } catch { isRefused = true }
            #expect(isRefused, "\(text)")
        }
    }

    @Test func wordsOfSelectorsAreReadStrictly() {
        var selector = Selector()
        for word in ["", "name", "name=", "label==x", "label=a*=b", "cidr=10", "sort=of", "name=a\nb"] {
            let isRead = SelectorWords.add(word, to: &selector)
            #expect(!isRead, "\(word)")
        }
        #expect(selector.isEmpty)
    }
}
