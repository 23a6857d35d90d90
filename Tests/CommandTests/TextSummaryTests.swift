import Foundation
import Support
import Testing

@Suite("Text summary")
struct TextSummaryTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    /// The same capture with other bytes in place of some of the same number.
    private func patched(_ text: String, with other: String) throws -> URL {
        var capture = try CaptureBytes(own: "first/first.pcap")
        let wanted = Array(text.utf8)
        try #require(wanted.count == other.utf8.count)
        for index in capture.frames.indices {
            let bytes = capture.frames[index].bytes
            guard bytes.count > wanted.count else { continue }
            for start in 0..<bytes.count - wanted.count where Array(bytes[start..<start + wanted.count]) == wanted {
                capture.frames[index].bytes.replaceSubrange(start..<start + wanted.count, with: Array(other.utf8))
            }
        }
        return try folder.write(capture.pcap, as: "patched.pcap")
    }

    @Test(
        arguments: [
            ("10.244.2.20:8080", nil), ("catalog.exa:8080", "catalog.exa"), ("CATALOGUE.EXAMPL", "catalogue.exampl"),
            ("[fd00:10::1]:808", nil), ("192.168.100.200:", nil), ("catalogue.examp.", "catalogue.examp"),
            ("host-12.ex.i7:80", "host-12.ex.i7"), ("host-12.ex.77:80", nil),
        ] as [(String, String?)]
    )
    func callsAServerByTheHostThatWasAskedFor(host: String, name: String?) throws {
        let capture = try patched("10.244.2.20:8080", with: host)
        #expect(try Command.replay(capture, options: ["-o", "json"]).flows.first?["destination.domain"] == name)
        let text = try Command.replay(capture).output
        #expect(text.contains(name.map { "→  \($0) (10.244.2.20)  8080/tcp http" } ?? "→  10.244.2.20  8080/tcp http"))
    }

    @Test(arguments: ["\u{1b}]0;gone\u{7}.examp", "\u{1b}[2J\u{1b}[1;1Hx.ex", "a\u{202e}moc.live.w"])
    func keepsHostileNamesFromTheTerminal(host: String) throws {
        let padded = host + String(repeating: "e", count: max(0, 16 - host.utf8.count))
        let capture = try patched("10.244.2.20:8080", with: padded)
        let text = try Command.replay(capture, options: ["--color", "never"]).output
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!text.contains("\u{202e}"))
    }

    @Test func keepsHostileNamesOfAFileFromTheTerminal() throws {
        let frames = [CaptureBytes.Frame.udp(at: 1_000_000, ports: (1000, 9))]
        let names = [(address: [10, 0, 0, 2] as [UInt8], name: "\u{1b}[31mred\n\u{9b}2J\u{202e}name")]
        let file = try folder.write(
            CaptureBytes(frames).pcapng(names: names, interface: "\u{1b}[5mif"),
            as: "evil.pcapng"
        )
        for options in [[], ["-o", "json", "--events", "all"]] {
            let text = try Command.replay(file, options: options).output
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        }
    }

    @Test func hasNoSectionWithoutRows() throws {
        let frames = [CaptureBytes.Frame.udp(at: 1_000_000, ports: (1000, 9))]
        let text = try Command.replay(folder.write(CaptureBytes(frames).pcap, as: "one.pcap")).output
        #expect(
            text == """
                1 frame, 42 B, 1970-01-01 00:00:01 UTC
                1 flow, 1 packet, 28 B of IP

                Who talked to whom              flows  packets  bytes
                  10.0.0.1  →  10.0.0.2  9/udp      1        1   28 B

                Protocols  flows  packets  bytes    share
                  udp          1        1   28 B  100.0 %

                """
        )
    }

    @Test func countsPairsAndServicesThatAreMany() throws {
        var frames: [CaptureBytes.Frame] = []
        for port in UInt16(1)...40 { frames.append(.udp(at: UInt64(port), ports: (5000, port))) }
        for host in UInt8(10)..<30 { frames.append(.udp(at: 100, to: [10, 0, 1, host], ports: (5000, 9))) }
        let text = try Command.replay(folder.write(CaptureBytes(frames).pcap, as: "scan.pcap")).output
        #expect(text.contains("(10 of 21 pairs)"))
        #expect(text.contains("10.0.0.2   many ports"))
    }

    @Test(
        .enabled(if: SharedCaptures.areAvailable, "needs PORTOLAN_CAPTURES"),
        arguments: ["mixed/nDPI__teams.pcap", "mixed/ipfixprobe__mixed.pcap", "linktypes/pcpp__raw_ip.pcap"]
    )
    func staysWithinItsColumns(name: String) throws {
        let text = try Command.replay(SharedCaptures.folder.appendingPathComponent(name)).output
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 && !$0.hasSuffix(" ") })
    }
}
