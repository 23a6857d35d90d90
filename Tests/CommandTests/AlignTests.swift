import Foundation
import Support
import Testing

@Suite("Captures of several hosts")
struct AlignTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Questions of a client at the first host, and answers of a server at the second, whose clock is ahead by so much; microseconds.
    private func files(ahead: UInt64, questions: Int = 6) throws -> [URL] {
        var (first, second) = (CaptureBytes(), CaptureBytes())
        for index in 0..<questions {
            let time = 1_790_000_000_000_000 + UInt64(index) * 10_000
            let payload = [UInt8](repeating: UInt8(index + 1), count: 16)
            let (client, server): ([UInt8], [UInt8]) = ([10, 0, 0, 7], [10, 0, 0, 1])
            let question = CaptureBytes.Frame.udp(at: time, from: client, to: server, ports: (4000, 9), payload)
            let answer = CaptureBytes.Frame.udp(at: time + 1000, from: server, to: client, ports: (9, 4000), payload)
            func moved(_ frame: CaptureBytes.Frame, _ by: UInt64) -> CaptureBytes.Frame {
                CaptureBytes.Frame(time: frame.time + by, bytes: frame.bytes)
            }
            first.frames += [question, moved(answer, 200)]
            second.frames += [moved(question, ahead + 200), moved(answer, ahead)]
        }
        return [
            try folder.write(first.pcapng(interface: "eth-a"), as: "a.pcapng"),
            try folder.write(second.pcapng(interface: "eth-b"), as: "b.pcapng"),
        ]
    }

    private func replay(_ files: [URL], _ options: String...) throws -> Command.Outcome {
        try Command.run(["replay", "-o", "json"] + files.flatMap { ["-r", $0.path] } + options)
    }

    @Test(arguments: [["--align"], ["--clock", "b.pcapng=3.7s"], ["--clock", "b.pcapng=3700ms", "--align"]])
    func flowsBeginWhereTheyWereSentFirst(options: [String]) throws {
        let files = try files(ahead: 3_700_000)
        let options = options.map { $0.replacingOccurrences(of: "b.pcapng", with: files[1].path) }
        // However the files are named: the clock of the first counts, and the order is that of the packets.
        let outcome = try Command.run(["replay", "-o", "json"] + files.flatMap { ["-r", $0.path] } + options)
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("b.pcapng: its clock is 3.7"))
        #expect(outcome.flows.count == 1)
        let flow = try #require(outcome.flows.first)
        #expect(flow["source.ip"] == "10.0.0.7")
        #expect(flow["network.packets"] == "12")
        #expect(flow.list("observer.path", "interface") == ["eth-a", "eth-b"])
        // From the first question to the last answer.
        #expect(flow["event.duration"].flatMap { Int($0) } ?? 0 < 60_000_000)
        #expect(outcome.summary?["capture.packets"] == "24")
        let leads = outcome.summary?.list("capture.clocks", "offset").compactMap { $0.flatMap { Int($0) } } ?? []
        #expect(leads.count == 1 && abs((leads.first ?? 0) - 3_700_000_000) < 300_000)
    }

    @Test func withoutItsClockAFileIsReadAsItIs() throws {
        let files = try files(ahead: 3_700_000)
        let flow = try replay(files).flows.first
        #expect(flow?["event.duration"].flatMap { Int($0) } ?? 0 > 3_700_000_000)
    }

    @Test func tooLittleIsSaidAndNothingIsMoved() throws {
        let files = try files(ahead: 3_700_000, questions: 2)
        let outcome = try replay(files, "--align")
        #expect(outcome.status == 0)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("b.pcapng: 4 packets of it are in "))
        #expect(outcome.errors.contains("too few to compare clocks; its times are left as they are"))
        #expect(outcome.summary?.list("capture.clocks", "unknown") == ["too_few"])
        #expect(outcome.flows.map { $0["event.duration"] } == (try replay(files).flows.map { $0["event.duration"] }))
    }

    @Test func theSameComesOutEveryTime() throws {
        let files = try files(ahead: 3_700_000)
        #expect(try replay(files, "--align").output == replay(files, "--align").output)
        let alerts = try Command.run(["alerts", "--align"] + files.flatMap { ["-r", $0.path] })
        #expect(alerts.status == 0)
        #expect(alerts.errors.contains("its clock is 3.7"))
    }

    @Test func whatMakesNoSenseIsRefused() throws {
        let files = try files(ahead: 0).map(\.path)
        for (arguments, words) in [
            (["-r", files[0], "--align"], "go with several captures"),
            (["-r", files[0], "-r", "-", "--align"], "which standard input cannot be"),
            (["-r", files[0], "-r", files[1], "--clock", "c.pcap=1s"], "speaks of c.pcap, which no -r names"),
            (["-r", files[0], "-r", files[1], "--clock", files[0] + "=1s"], "it is the first one's clock that counts"),
            (
                ["-r", files[0], "-r", files[1], "--clock", files[1] + "=1s", "--clock", files[1] + "=2s"],
                "b.pcapng twice; say once how far"
            ),
            (["-r", files[0], "-r", files[1], "--clock", "b.pcap=soon"], "--clock wants a file and how far"),
            (["-r", files[0], "-r", files[1], "--clock", "=1s"], "--clock wants a file and how far"),
            (["-r", files[0], "-r", files[1], "--clock", "b=1.5ns"], "--clock wants a file and how far"),
        ] {
            let outcome = try Command.run(["replay"] + arguments)
            #expect(outcome.status == 64 && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
        }
        let pipe = try Command.shell("\"$portolan\" replay -r \"$1\" -r <(cat \"$2\") --align", files[0], files[1])
        #expect(pipe.status == 2 && pipe.errors.contains("give a file, not a pipe"))
    }
}
