import Foundation
import Support
import Testing

@Suite("Where captures come from")
struct SeveralInputsTests {
    private let folder: ScratchFolder
    private let first = SharedCaptures.own.appendingPathComponent("first/first.pcap")

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func readsStandardInput() throws {
        let piped = try Command.shell("\"$portolan\" replay -r - -o json <\"$1\"", first.path)
        #expect(piped.status == 0)
        #expect(piped.output == (try Command.replay(first, options: ["-o", "json"]).output))
    }

    @Test func readsGzip() throws {
        let packed = try Command.shell(
            "gzip -c \"$1\" >\"$2\" && \"$portolan\" replay -r \"$2\" -o json",
            first.path,
            folder.path("x").path
        )
        #expect(packed.output == (try Command.replay(first, options: ["-o", "json"]).output))
    }

    @Test func saysHowToReadZstandard() throws {
        let packed = try folder.write([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0], as: "x.pcap.zst")
        let outcome = try Command.replay(packed)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("zstd"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zstd"), "needs zstd"))
    func readsZstandardByPipe() throws {
        let piped = try Command.shell("zstd -qc \"$1\" | zstd -dqc | \"$portolan\" replay -r - -o json", first.path)
        #expect(piped.output == (try Command.replay(first, options: ["-o", "json"]).output))
    }

    @Test func mergesSeveralFilesInTheOrderOfTime() throws {
        let whole = try CaptureBytes(own: "shop/shop-node-a.pcap")
        var parts = [CaptureBytes(), CaptureBytes()]
        for (index, frame) in whole.frames.enumerated() { parts[index % 3 == 0 ? 0 : 1].frames.append(frame) }
        let files = try parts.enumerated().map { try folder.write($1.pcap, as: "part\($0).pcap") }
        let merged = try Command.replay(files[1], files[0], options: ["-o", "json", "--events", "all"])
        #expect(merged.summary?["capture.packets"] == "438")
        #expect(merged.summary?["portolan.late"] == nil)
        #expect(merged.flows.count == 78)
        let times = merged.records.filter { $0["event.action"] == "flow_started" }.compactMap { $0["@timestamp"] }
        #expect(times == times.sorted())
    }

    /// As tcpdump's rings and editcap cut them: whatever is said of the whole is said of the parts, byte for byte.
    @Test(arguments: [2, 3, 7]) func aCaptureCutIntoFilesIsOneCapture(parts: Int) throws {
        let whole = try CaptureBytes(own: "shop/shop-node-a.pcap")
        var (files, rest) = ([URL](), whole.frames[...])
        while !rest.isEmpty {
            var part = whole
            part.frames = Array(rest.prefix(whole.frames.count / parts + 1))
            rest = rest.dropFirst(part.frames.count)
            files.append(try folder.write(part.pcap, as: "cut-\(files.count).pcap"))
        }
        #expect(files.count == parts)
        let file = try folder.write(whole.pcap, as: "cut.pcap")
        for options in [["replay", "-o", "json", "--events", "all"], ["alerts", "-o", "json"]] {
            let one = try Command.run(options + ["-r", file.path])
            let many = try Command.run(options + files.flatMap { ["-r", $0.path] })
            #expect(one.status == 0 && many.status == 0 && !one.output.isEmpty)
            #expect(many.output == one.output)
        }
    }

    @Test(arguments: [true, false]) func takesTheNamesThatAFileGivesItsAddresses(first: Bool) throws {
        let frames = [CaptureBytes.Frame.udp(at: 1_000_000, ports: (1000, 9))]
        let names: [(address: [UInt8], name: String)] = [
            ([10, 0, 0, 1], "client.example"), ([10, 0, 0, 2], "10.0.0.2"), ([10, 0, 0, 3], "nobody.example"),
        ]
        let file = CaptureBytes(frames).pcapng(names: names, first: first)
        let flow = try Command.replay(folder.write(file, as: "named.pcapng"), options: ["-o", "json"]).flows.first
        #expect(flow?["source.domain"] == "client.example")
        // An address is no name.
        #expect(flow?["destination.ip"] == "10.0.0.2")
        #expect(flow?["destination.domain"] == nil)
        #expect(flow?.list("observer.path", "interface") == ["eth7"])
    }

    @Test func tellsThePointsOfACookedCaptureApart() throws {
        let outcome = try Command.run("replay", "-r", "Captures/shop/shop-any.pcap", "-o", "json")
        let asked = outcome.flows.first { $0["source.port"] == "40001" && $0["tunnel.type"] == nil }
        #expect(Set(asked?.list("observer.path", "ifindex") ?? []) == ["3", "4", "5"])
        #expect(asked?.list("observer.path", "packets") == ["10", "10", "10"])
        #expect(asked?["network.packets"] == "10")
    }
}
