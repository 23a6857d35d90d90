import Addressing
import Foundation
import Support
import Testing

/// `replay --write`, read by tshark.
@Suite("replay --write")
struct WrittenPacketsTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Everywhere but on a machine of somebody who lacks it.
    private static var hasTshark: Bool {
        ProcessInfo.processInfo.environment["CI"] != nil || (try? Command.shell("command -v tshark").status) == 0
    }

    /// Two tenants with the same addresses, one of them in Geneve, and somebody outside of both.
    private static let tenants: [[UInt8]] = [
        PacketBuilder.vxlan(PacketBuilder.segment(from: .host(1), 40_000, to: .host(2), 80, "S"), 42),
        PacketBuilder.vxlan(PacketBuilder.segment(from: .host(1), 40_000, to: .host(2), 80, "S"), 43),
        PacketBuilder.datagram(
            from: .host(201),
            50_000,
            to: .host(202),
            6081,
            [0, 0, 0x65, 0x58, 0, 0, 42, 0]
                + PacketBuilder.datagram(from: .host(1), 5000, to: .host(2), 5001, [1, 2, 3])
        ),
        PacketBuilder.ethernet(
            PacketBuilder.ip(
                PacketBuilder.ip(PacketBuilder.udp([4, 5], from: 7, to: 8000), 17, from: .host(3), to: .host(4)),
                4,
                from: .host(201),
                to: .host(202)
            )
        ),
        PacketBuilder.datagram(from: .host(9), 9000, to: .host(2), 9001, [7], vlans: [10]),
        [1, 2, 3],
    ]

    private func capture() throws -> String {
        let frames = Self.tenants.enumerated().map { CaptureBytes.Frame(time: 1_000_000 * UInt64($0 + 1), bytes: $1) }
        let names: [(address: [UInt8], name: String)] = [
            ([10, 0, 0, 2], "db.example"), ([10, 0, 0, 1], "\u{1b}[31mweb"),
        ]
        return try folder.write(CaptureBytes(frames).pcapng(names: names, first: true), as: "in.pcapng").path
    }

    /// Columns of what tshark shows of a file, and what it complains of.
    private func shown(_ path: String, _ fields: String...) throws -> [[String]] {
        let options = fields.map { "-e \($0)" }.joined(separator: " ")
        let outcome = try Command.shell("tshark -N n -r \"$1\" -T fields \(options) | cat -v", path)
        #expect(outcome.errorLines.allSatisfy { $0.hasPrefix("Running as user") }, "\(outcome.errors)")
        return outcome.output.split(separator: "\n").map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test(.enabled(if: hasTshark, "needs tshark")) func takesPacketsOutOfTheirTunnelsAndKeepsTenantsApart() throws {
        let out = folder.path("out.pcapng").path
        let outcome = try Command.run("replay", "-r", try capture(), "--write", out)
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains("6 frames"))
        #expect(try FileManager.default.attributesOfItem(atPath: out)[.posixPermissions] as? Int == 0o640)
        let rows = try shown(out, "frame.interface_name", "frame.len", "frame.time_epoch", "frame.protocols")
        #expect(
            rows.map { $0[0] } == [
                "eth7/vxlan:42", "eth7/vxlan:43", "eth7/geneve:42", "eth7/ipip", "eth7/vlan:10", "eth7",
            ]
        )
        #expect(rows.map { $0[1] } == ["54", "54", "45", "30", "47", "3"])
        #expect(rows.map { $0[2] }.first == "1.000000000")
        #expect(rows[0][3] == "eth:ethertype:ip:tcp")
        #expect(rows[3][3].hasPrefix("raw:ip:udp"))
        let names = try shown(out, "_ws.col.Source", "_ws.col.Destination")
        #expect(names[0] == ["?[31mweb", "db.example"])
        #expect(names[2] == names[0])
    }

    @Test(
        .enabled(if: hasTshark, "needs tshark"),
        arguments: [
            (["--ip", "10.0.0.3"], ["eth7/ipip"]), (["--segment", "42"], ["eth7/vxlan:42", "eth7/geneve:42"]),
            (["--not", "--port", "80"], ["eth7/geneve:42", "eth7/ipip", "eth7/vlan:10"]),
            (["--protocol", "tcp"], ["eth7/vxlan:42", "eth7/vxlan:43"]), (["--ip", "10.9.9.9"], []),
            (["vlan"], ["eth7/vlan:10"]), (["--since", "1970-01-01T00:00:05Z"], ["eth7/vlan:10", "eth7"]),
        ]
    )
    func writesWhatFiltersLeave(_ options: [String], _ interfaces: [String]) throws {
        let out = folder.path("out.pcapng").path
        let outcome = try Command.run(["replay", "-r", try capture(), "--write", out, "-o", "json"] + options)
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(outcome.summary != nil)
        #expect(try shown(out, "frame.interface_name").map { $0[0] } == interfaces)
    }

    /// As many packets as the flows that are told were seen with, at all places together.
    @Test(
        .enabled(if: hasTshark, "needs tshark"),
        arguments: [
            ["--protocol", "tcp"], ["--ip", "10.244.1.13"], ["--not", "--port", "8080"], ["--segment", "1"],
        ]
    )
    func hasThePacketsOfTheFlowsThatAreTold(_ options: [String]) throws {
        let out = folder.path("out.pcapng").path
        let shop = SharedCaptures.own.appendingPathComponent("shop/shop-any.pcap").path
        let told = try Command.run(["replay", "-r", shop, "--write", out, "-o", "json"] + options)
        #expect(told.status == 0)
        var packets = 0
        for line in told.output.split(separator: "\n") where line.contains("\"flow_ended\"") {
            let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let observer = record?["observer"] as? [String: Any]
            for point in observer?["path"] as? [[String: Any]] ?? [] { packets += point["packets"] as? Int ?? 0 }
        }
        #expect(packets > 10)
        #expect(try shown(out, "frame.number").count == packets)
    }

    @Test(.enabled(if: hasTshark, "needs tshark")) func standardOutputIsThePacketsAlone() throws {
        let outcome = try Command.shell(
            "\"$portolan\" replay -r \"$1\" --write - | tshark -r - -T fields -e frame.len",
            try capture()
        )
        #expect(outcome.status == 0)
        #expect(outcome.output == "54\n54\n45\n30\n47\n3\n")
        let early = try Command.shell(
            "\"$portolan\" replay -r \"$1\" --write - | true; echo ${PIPESTATUS[0]}",
            try capture()
        )
        #expect(early.output == "0\n")
        #expect(early.errors == "")
    }

    @Test func whatIsThereIsNeverWrittenOver() throws {
        let input = try capture()
        let before = try Data(contentsOf: URL(fileURLWithPath: input))
        let outcome = try Command.run("replay", "-r", input, "--write", input)
        #expect(outcome.status == 1)
        #expect(outcome.output == "")
        #expect(outcome.errors == "portolan: cannot write the packets \(input): File exists; choose another name\n")
        #expect(try Data(contentsOf: URL(fileURLWithPath: input)) == before)
    }

    @Test func nothingIsLeftWhereNothingIsRead() throws {
        let out = folder.path("out.pcapng").path
        #expect(try Command.run("replay", "-r", "/nowhere", "--write", out).status == 2)
        #expect(!FileManager.default.fileExists(atPath: out))
        let piped = try Command.shell(
            "cat \"$1\" | \"$portolan\" replay -r - --ip 10.0.0.1 --write \"$2\"",
            try capture(),
            out
        )
        #expect(piped.status == 2)
        #expect(
            piped.errors
                == "portolan: standard input cannot be read twice, as --write with filters needs; save it as a file first\n"
        )
        #expect(!FileManager.default.fileExists(atPath: out))
    }

    @Test(arguments: [
        (["--write", ""], "--write wants the name of a file"),
        (["--write", "-", "-o", "text"], "-o needs standard output for itself; give --write a file"),
    ])
    func refusesWhatMeansNothing(_ options: [String], _ message: String) throws {
        let outcome = try Command.run(["replay", "-r", try capture()] + options)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(message))
        #expect(outcome.errorLines.count == 1)
    }

    @Test func aTerminalGetsNone() throws {
        let line = "script -qec \"$portolan replay -r '$1' --write -\" /dev/null </dev/null"
        let outcome = try Command.shell("export portolan; " + line, try capture())
        #expect(outcome.output.contains("packets are nothing for a terminal"))
        #expect(!outcome.output.contains("eth7"))
    }

    @Test func aFullDiskIsOneLine() throws {
        let outcome = try Command.shell("\"$portolan\" replay -r \"$1\" --write - >/dev/full", try capture())
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("No space left on device; free some space"))
        #expect(outcome.errorLines.count == 1)
    }
}
