import Addressing
import Containers
import Records
import Testing

@testable import Export

@Suite("CEF")
struct CEFLineTests {
    private static let writer = CEFLine(version: "0.1.0")

    private static func alert(_ message: String, from source: AlertRecord.End) -> AlertRecord {
        AlertRecord(
            rule: "scan.vertical",
            name: "Vertical port scan",
            category: "scan",
            technique: "T1046",
            severity: 80,
            time: Timestamp(nanoseconds: 1_763_756_568_123_456_789),
            source: source,
            message: message
        )
    }

    private static func end(_ address: String, _ name: String? = nil, image: String? = nil) throws -> AlertRecord.End {
        var end = AlertRecord.End(try #require(IPAddress(address)))
        guard name != nil else { return end }
        var container = Container(key: ContainerKey(identifier: "c0ffee", generation: 1))
        (container.description.name, container.description.image) = (name, image)
        end.container = container
        return end
    }

    /// A line as a SIEM takes it apart: seven fields between bars, and the keys and values of the rest.
    static func read(_ line: String) throws -> (header: [String], fields: [String: String]) {
        var header = [""]
        var rest = Substring(line)
        while header.count < 8, let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let escaped = rest.popFirst() else { break }
                header[header.count - 1].append(escaped)
            case "|": header.append("")
            default: header[header.count - 1].append(character)
            }
        }
        try #require(header.count == 8)
        var fields: [String: String] = [:]
        var (key, word, isEscaped) = ("", "", false)
        for character in rest {
            if isEscaped {
                word.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "=" {
                // What stands behind the last blank is the next key.
                let next = word.lastIndex(of: " ").map { String(word[word.index(after: $0)...]) } ?? word
                if !key.isEmpty { fields[key] = String(word.dropLast(next.count + 1)) }
                (key, word) = (next, "")
            } else {
                word.append(character)
            }
        }
        fields[key] = word
        return (Array(header.dropLast()), fields)
    }

    @Test func isTheLineThatTheFormatWants() throws {
        var record = Self.alert(
            "10.244.1.13 tried 5 ports",
            from: try Self.end("10.244.1.13", "web", image: "shop/web:1")
        )
        record.destination = try Self.end("10.244.2.20")
        record.count = 5
        record.loss = 0.25
        let line = Self.writer.text(record)
        #expect(
            line == "CEF:0|Portolan|Portolan|0.1.0|scan.vertical|Vertical port scan|8|rt=1763756568123 "
                + "start=1763756568123 end=1763756568123 cat=scan cnt=5 src=10.244.1.13 dst=10.244.2.20 "
                + "msg=10.244.1.13 tried 5 ports cs1=web cs1Label=sourceContainer cs2=shop/web:1 cs2Label=sourceImage "
                + "cs5=T1046 cs5Label=technique cn1=80 cn1Label=severity cfp1=0.25 cfp1Label=captureLossRatio\n"
        )
    }

    @Test(arguments: [(0, "0"), (39, "3"), (40, "4"), (69, "6"), (70, "7"), (89, "8"), (90, "9"), (100, "10")])
    func severitiesKeepTheirWord(severity: Int, told: String) throws {
        var record = Self.alert("x", from: try Self.end("10.0.0.1"))
        record.severity = severity
        #expect(try Self.read(Self.writer.text(record)).header[6] == told)
    }

    @Test func addressesOfVersion6HaveKeysOfTheirOwnAndNoneIsNone() throws {
        var record = Self.alert("x", from: try Self.end("2001:db8::1"))
        record.destination = try Self.end("0.0.0.0", "db")
        let fields = try Self.read(Self.writer.text(record).trimmed).fields
        #expect(fields["c6a2"] == "2001:db8::1" && fields["c6a2Label"] == "Source IPv6 Address")
        #expect(fields["src"] == nil && fields["dst"] == nil && fields["c6a3"] == nil && fields["cs3"] == "db")
        #expect(fields["cn2"] == nil)
        record.isOfMany = true
        let many = try Self.read(Self.writer.text(record).trimmed).fields
        #expect(many["cn2"] == "1" && many["cn2Label"] == "ofMany")
        // Nobody knows how much was lost.
        #expect(fields["cfp1"] == nil)
    }

    @Test(arguments: Hostile.names.filter { !$0.isEmpty })
    func noNameBeginsAKeyOrALine(name: String) throws {
        let words = "\(name) src=6.6.6.6 msg=owned|\\"
        var record = Self.alert(words, from: try Self.end("10.0.0.1", words, image: words))
        (record.rule, record.name, record.category) = (words, words, words)
        let line = Self.writer.text(record)
        #expect(line.unicodeScalars.filter { $0 == "\n" }.count == 1 && line.hasSuffix("\n"))
        #expect(line.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isHarmful })
        let (header, fields) = try Self.read(line.trimmed)
        #expect(header.count == 7 && header[4] == HarmlessText.text(words) && header[6] == "8")
        #expect(fields["src"] == "10.0.0.1" && fields["cs1"] == HarmlessText.text(words, limit: 1023))
        #expect(fields["msg"] == HarmlessText.text(words, limit: 1023))
        let keys: Set = [
            "rt", "start", "end", "cat", "cnt", "src", "msg", "cs1", "cs1Label", "cs2", "cs2Label", "cs5", "cs5Label",
            "cn1", "cn1Label",
        ]
        #expect(Set(fields.keys) == keys)
    }

    @Test func timesBefore1970AreTheMillisecondBefore() throws {
        var record = Self.alert("x", from: try Self.end("10.0.0.1"))
        record.first = Timestamp(nanoseconds: -1)
        #expect(try Self.read(Self.writer.text(record)).fields["start"] == "-1")
    }
}

extension String {
    /// Without the line's end.
    fileprivate var trimmed: String { hasSuffix("\n") ? String(dropLast()) : self }
}
