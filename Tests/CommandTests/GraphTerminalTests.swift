import Foundation
import Support
import Testing

/// What a person sees who types it: on a terminal that script(1) makes.
@Suite("Graph on a terminal")
struct GraphTerminalTests {
    private let shop = SharedCaptures.own.appendingPathComponent("shop/shop-node-a.pcap")

    /// Lines on a terminal of a width.
    private func lines(
        _ columns: Int,
        _ environment: String = "",
        _ options: String = "",
        of capture: URL? = nil
    ) throws -> [String] {
        let command = "stty cols \(columns) rows 40; \(environment) \"$portolan\" graph -r \"$1\" \(options)"
        let outcome = try Command.shell(
            "export portolan capture=\"$1\"; script -qec '\(command.replacing("$1", with: "$capture"))' /dev/null",
            (capture ?? shop).path
        )
        #expect(outcome.status == 0, "\(outcome.output)")
        return outcome.output.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
    }

    private func bare(_ line: String) -> String { line.replacing(/\u{1b}\[[0-9;]*m/, with: "") }

    @Test func isTheChartInColours() throws {
        let lines = try lines(100)
        #expect(lines.first.map(bare)?.hasPrefix("# portolan  shop-node-a.pcap") == true)
        let chart = lines.filter { !bare($0).hasPrefix("#") }
        #expect(chart.contains { $0.contains("►") } && chart.contains { $0.contains("┬") || $0.contains("┐") })
        #expect(lines.contains { $0.contains("\u{1b}[") })
        for line in lines {
            #expect(!bare(line).contains("\u{1b}"), "only colours")
            if !bare(line).hasPrefix("#") { #expect(bare(line).count <= 100, "\(line)") }
        }
    }

    @Test func isWhatTheReadmeShows() throws {
        let readme = try String(contentsOf: SharedCaptures.project.appendingPathComponent("README.md"), encoding: .utf8)
        let line = "graph -r Captures/shop/shop-any.pcap --focus 10.244.1.10"
        let shown = try #require(readme.range(of: "$ portolan \(line)\n")?.upperBound)
        let outcome = try Command.shell(
            "export portolan; script -qec 'stty cols 100 rows 40; \"$portolan\" \(line) --color never' /dev/null"
        )
        let printed = outcome.output.replacing("\r\n", with: "\n")
        #expect(printed.split(separator: "\n") == readme[shown...].prefix { $0 != "`" }.split(separator: "\n"))
    }

    @Test(arguments: [("NO_COLOR=1", ""), ("", "--color never"), ("TERM=dumb", "")])
    func hasNoColoursWhereNobodyWantsThem(environment: String, option: String) throws {
        let lines = try lines(100, environment, option)
        #expect(lines.contains { $0.contains("►") } && !lines.contains { $0.contains("\u{1b}") })
    }

    @Test func isInASCIIWhereTheTerminalKnowsNoMore() throws {
        let lines = try lines(100, "LC_ALL=C", "--color never")
        let chart = lines.filter { !$0.hasPrefix("#") }
        #expect(chart.contains { $0.contains(">") } && chart.allSatisfy { $0.utf8.allSatisfy { $0 < 0x7f } })
    }

    @Test func isTheTreeOfPipesWhereThereIsNoRoom() throws {
        let narrow = try lines(60, "", "--color never")
        let piped = try Command.shell("\"$portolan\" graph -r \"$1\" | cat", shop.path)
        #expect(piped.output == narrow.map { $0 + "\n" }.joined())
        #expect(piped.output.contains("`- ") && !piped.output.contains("►"))
    }

    @Test(arguments: [80, 110, 140, 240]) func namesGoBeforeRates(columns: Int) throws {
        let lines = try lines(columns, "", "--color never")
        let isCut = lines.contains {
            $0.hasSuffix(" names are shortened: a wider terminal has room, and a pipe has them whole")
        }
        let hasRates = lines.contains { $0.contains(" 24k►") }
        if lines.contains(where: { $0.contains("…") }) { #expect(isCut) }
        #expect(!(isCut && hasRates))
        if columns == 80 { #expect(isCut) }
        if columns == 240 { #expect(hasRates) }
    }

    /// Everybody calls the next: a layer each.
    @Test func saysWhatHasNoRoom() throws {
        var frames: [CaptureBytes.Frame] = []
        for number: UInt8 in 1...12 {
            let ends: ([UInt8], [UInt8]) = ([10, 1, 1, number], [10, 1, 1, number + 1])
            frames.append(.udp(at: 1_700_000_000_000_000, from: ends.0, to: ends.1, ports: (4000, 53)))
        }
        let folder = try ScratchFolder()
        let chain = folder.path("chain.pcap")
        try Data(CaptureBytes(frames).pcap).write(to: chain)
        let isSaid = { (line: String) in
            line.hasSuffix("more layers to the right have no room: portolan tui moves there")
        }
        let narrow = try lines(80, "", "--color never --fold service", of: chain)
        #expect(narrow.contains { $0.contains("►") } && narrow.contains(where: isSaid))
        #expect(narrow.allSatisfy { $0.count <= 80 })
        let wide = try lines(400, "", "--color never --fold service", of: chain)
        #expect(wide.contains { $0.contains("10.1.1.13") } && !wide.contains(where: isSaid))
    }
}
