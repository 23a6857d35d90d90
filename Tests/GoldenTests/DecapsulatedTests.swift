import Foundation
import Monitor
import Pipeline
import Records
import Support
import Testing
import Wire

/// Packets out of their tunnels give tshark the flows that it found inside.
@Suite("Decapsulated captures")
struct DecapsulatedTests {
    /// Categories of the captures whose packets are in tunnels, or in what is nearly one.
    private static let tunnels = ["vxlan", "geneve", "gre-erspan", "ipip-6in4", "vlan-mpls-pppoe", "mixed"]

    private static var isThorough: Bool { ProcessInfo.processInfo.environment["PORTOLAN_THOROUGH"] != nil }

    /// All with tunnels, and every twelfth of the others; with PORTOLAN_THOROUGH all there are.
    private static let names: [String] = {
        let folder = SharedCaptures.folder.appending(path: "expected")
        let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        let names = found.filter { $0.hasSuffix(".flows.tsv") }.map { String($0.dropLast(10)) }.sorted()
        let isTunnel = { (name: String) in tunnels.contains { name.hasPrefix($0 + "/") } }
        let others = names.filter { !isTunnel($0) }
        return names.filter(isTunnel)
            + others.enumerated().filter { isThorough || $0.offset % 12 == 0 }.map(\.element)
    }()

    @Test(.enabled(if: SharedCaptures.areAvailable, "no captures at PORTOLAN_CAPTURES"), arguments: names)
    func haveTheFlowsThatWereInside(_ name: String) throws {
        let original = SharedCaptures.folder.appending(path: name)
        let written = try Self.decapsulate(original.path)
        defer { try? FileManager.default.removeItem(atPath: written) }
        let oracle = SharedCaptures.folder.appending(path: "tools/oracle.sh").path
        let (flows, remarks) = try Self.run(["bash", oracle, written])
        let table = SharedCaptures.folder.appending(path: "expected/\(name).flows.tsv")
        #expect(try flows == String(contentsOf: table, encoding: .utf8))
        #expect(!remarks.contains("# tshark"), "\(remarks)")
        guard Self.isThorough else { return }
        let malformed = ["-Y", "_ws.malformed", "-T", "fields", "-e", "frame.number"]
        let before = try Self.run(["tshark", "-n", "-r", original.path] + malformed).output
        let after = try Self.run(["tshark", "-n", "-r", written] + malformed).output
        #expect(after.split(separator: "\n").count <= before.split(separator: "\n").count)
    }

    @Test(.enabled(if: SharedCaptures.areAvailable, "no captures at PORTOLAN_CAPTURES"))
    func areMany() { #expect(Self.names.count > 60) }

    /// Our own reader finds the same flows in what is written as in what was read, on whatever was looked through to it.
    @Test(arguments: ["first/first.pcap", "shop/shop-any.pcap", "shop/shop-node-a.pcapng", "tenants/tenants.pcap"])
    func ofOurOwnHaveTheSameFlows(_ name: String) throws {
        let original = SharedCaptures.own.appending(path: name).path
        let written = try Self.decapsulate(original)
        defer { try? FileManager.default.removeItem(atPath: written) }
        #expect(try ReplayedCapture.table(written) == ReplayedCapture.table(original))
    }

    /// Writes a capture without tunnels to a new file, whose path it returns.
    private static func decapsulate(_ path: String) throws -> String {
        var bytes: [UInt8] = []
        let frames = InnerFrames(application: "test", ports: TunnelPorts()) { bytes += $0 }
        var replay = try Replay(paths: [path], filter: nil, settings: PipelineSettings(), sink: frames)
        replay.write(to: frames)
        try replay.run { _ in true }
        frames.finish()
        #expect(frames.frames == replay.summary.frames)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pcapng")
        try Data(bytes).write(to: file)
        return file.path
    }

    private static func run(_ arguments: [String]) throws -> (output: String, errors: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let base = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { for end in ["out", "err"] { try? FileManager.default.removeItem(atPath: "\(base).\(end)") } }
        for end in ["out", "err"] { try Data().write(to: URL(filePath: "\(base).\(end)")) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: "\(base).out")
        process.standardError = FileHandle(forWritingAtPath: "\(base).err")
        try process.run()
        process.waitUntilExit()
        return try (
            String(contentsOfFile: "\(base).out", encoding: .utf8),
            String(contentsOfFile: "\(base).err", encoding: .utf8)
        )
    }
}
