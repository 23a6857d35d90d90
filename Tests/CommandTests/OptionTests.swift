import Foundation
import Support
import Testing

@Suite("Options of replay")
struct OptionTests {
    private let folder: ScratchFolder
    private let first = SharedCaptures.own.appendingPathComponent("first/first.pcap")
    private let shop = SharedCaptures.own.appendingPathComponent("shop/shop-node-a.pcap")

    init() throws {
        folder = try ScratchFolder()
    }

    /// Where UDP's destination port and what follows UDP's header stand in the frames of `first.pcap`.
    private static let port = 36..<38
    private static let tunnelHeader = 42..<50

    @Test(
        arguments: [
            ([], 4), (["--since", "1970-01-01T00:00:02Z"], 3), (["--until", "1970-01-01T00:00:02Z"], 1),
            (["--since", "1970-01-01T00:00:02Z", "--until", "1970-01-01T00:00:03Z"], 2),
            (["--since", "1970-01-01T01:00:02+01:00", "--until", "1970-01-01 00:00:02.5z"], 1),
            (["--since", "1970-01-01T00:00:02.500001Z"], 1), (["--since", "2026-01-01T00:00:00Z"], 0),
        ]
    )
    func takesFramesFromSinceToBeforeUntil(options: [String], count: Int) throws {
        let times: [UInt64] = [1_999_999, 2_000_000, 2_500_000, 3_000_000]
        let frames = times.map { CaptureBytes.Frame.udp(at: $0, ports: (1000, 9)) }
        let capture = try folder.write(CaptureBytes(frames).pcap, as: "times.pcap")
        let summary = try Command.replay(capture, options: options + ["-o", "json"]).summary
        #expect(summary?["capture.packets"] == "\(count)")
        #expect(summary?["capture.filtered"] == (options.isEmpty ? nil : "\(4 - count)"))
    }

    @Test(
        arguments: [
            (["tcp"], 0), (["udp", "port", "8472"], 10), (["udp port 8472"], 10), (["src host 192.168.10.1"], 5),
            (["udp[0:2] != 0 and not tcp"], 10), (["len - 14 > 200 and (udp or tcp)"], 2),
            (["tcp[13]", "-", "1", "=", "2"], 0), (["--", "ether[0] - 1 >= 0"], 10), (["udp", "--", "or", "tcp"], 10),
        ]
    )
    func filtersByTheExpression(words: [String], count: Int) throws {
        let outcome = try Command.replay(first, options: ["-o", "json"] + words)
        #expect(outcome.status == 0)
        #expect(outcome.summary?["capture.packets"] == "\(count)")
        #expect(outcome.summary?["capture.filtered"] == "\(10 - count)")
    }

    @Test func takesOptionsBehindTheExpression() throws {
        let outcome = try Command.replay(first, options: ["udp", "port", "8472", "-o", "json"])
        #expect(outcome.summary?["capture.packets"] == "10")
    }

    @Test func saysWhenTheFilterDoesNotFitTheLinkType() throws {
        let datagram = CaptureBytes.Frame.udp(at: 1_000_000, ports: (1000, 9))
        let bare = CaptureBytes.Frame(time: datagram.time, bytes: Array(datagram.bytes.dropFirst(14)))
        let capture = CaptureBytes(linkType: 101, [bare])
        let outcome = try Command.replay(
            folder.write(capture.pcap, as: "raw.pcap"),
            options: ["ether", "src", "2:0:0:0:0:1"]
        )
        #expect(outcome.status == 0)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("the filter cannot be used on link type"))
    }

    @Test func looksForVXLANOnFurtherPorts() throws {
        var capture = try CaptureBytes(own: "first/first.pcap")
        for index in capture.frames.indices {
            capture.frames[index].bytes.replaceSubrange(Self.port, with: [0x27, 0x0f])
        }
        let moved = try folder.write(capture.pcap, as: "moved.pcap")
        #expect(try Command.replay(moved, options: ["-o", "json"]).summary?["tunnels.vxlan"] == nil)
        let options = ["-o", "json", "--vxlan-port", "4000", "--vxlan-port", "9999"]
        #expect(try Command.replay(moved, options: options).summary?["tunnels.vxlan"] == "10")
    }

    @Test func looksForGeneveOnFurtherPorts() throws {
        var capture = try CaptureBytes(own: "first/first.pcap")
        for index in capture.frames.indices {
            capture.frames[index].bytes.replaceSubrange(Self.port, with: [0x1b, 0x58])
            // No options, Ethernet inside, segment 7.
            capture.frames[index].bytes.replaceSubrange(Self.tunnelHeader, with: [0, 0, 0x65, 0x58, 0, 0, 7, 0])
        }
        let moved = try folder.write(capture.pcap, as: "geneve.pcap")
        #expect(try Command.replay(moved, options: ["-o", "json"]).summary?["tunnels.geneve"] == nil)
        let outcome = try Command.replay(moved, options: ["-o", "json", "--geneve-port", "7000"])
        #expect(outcome.summary?["tunnels.geneve"] == "10")
        #expect(outcome.flows.map { $0["tunnel.id"] } == ["7"])
    }

    @Test func printsAddressesOnlyWhenAsked() throws {
        #expect(try Command.replay(shop).output.contains("pay.example (10.244.2.23)"))
        #expect(try !Command.replay(shop, options: ["-n"]).output.contains("pay.example"))
        let names = try Command.replay(shop, options: ["-o", "json"]).flows.compactMap { $0["destination.domain"] }
        #expect(names.contains("pay.example"))
        let numeric = try Command.replay(shop, options: ["-o", "json", "-n"]).flows
        #expect(numeric.allSatisfy { $0["destination.domain"] == nil && $0["source.domain"] == nil })
    }

    @Test(arguments: [["auto"], ["never"], nil]) func printsNoColourIntoAPipe(choice: [String]?) throws {
        let outcome = try Command.replay(first, options: choice.map { ["--color"] + $0 } ?? [])
        #expect(!outcome.output.contains("\u{1b}"))
    }

    @Test func printsColourWhereItIsAlwaysWanted() throws {
        let outcome = try Command.replay(first, options: ["--color", "always"], environment: ["NO_COLOR": "1"])
        #expect(outcome.output.contains("\u{1b}[1m"))
        #expect(outcome.output.contains("\u{1b}[0m"))
    }

    @Test(arguments: [("", true), ("NO_COLOR=1", false), ("NO_COLOR=", true), ("TERM=dumb", false)])
    func coloursATerminalUnlessRefused(environment: String, isColoured: Bool) throws {
        // script(1) gives the command a terminal of its own.
        let line = "script -qec \"env \(environment) $portolan replay -r $1\" /dev/null </dev/null"
        #expect(try Command.shell(line, first.path).output.contains("\u{1b}[1m") == isColoured)
    }
}
