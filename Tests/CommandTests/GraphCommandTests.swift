import Foundation
import Support
import Testing

@Suite("Graphs in other tools' words")
struct GraphCommandTests {
    private let folder: ScratchFolder
    private let shop = SharedCaptures.own.appendingPathComponent("shop/shop-node-a.pcap")

    init() throws {
        folder = try ScratchFolder()
    }

    private func graph(_ options: String...) throws -> Command.Outcome {
        try Command.shell("\"$portolan\" graph -r \"$@\"", shop.path, options)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test(arguments: [
        ("text", "# portolan  shop-node-a.pcap"), ("dot", "digraph portolan {"), ("mermaid", "flowchart LR"),
        ("graphml", "<?xml version=\"1.0\""), ("svg", "<?xml version=\"1.0\""), ("html", "<!DOCTYPE html>"),
        ("json", "{\"endpoints\":["),
    ])
    func isWrittenOfACapture(format: String, beginning: String) throws {
        let outcome = try graph("-o", format)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix(beginning), "\(outcome.output.prefix(80))")
        #expect(try graph("-o", format).output == outcome.output)
    }

    @Test func jsonIsThatOfReplayWithTheLayout() throws {
        let file = folder.path("graph.json")
        #expect(try Command.replay(shop, options: ["--graph", file.path]).status == 0)
        let replayed = try String(contentsOf: file, encoding: .utf8)
        let text = try graph("-o", "json").output
        #expect(text.hasPrefix(replayed.dropLast(2)))
        let layout = try #require(object(text)["layout"] as? [String: Any])
        #expect(layout["rung"] as? String == "service" && (layout["edges_drawn"] as? Int ?? 0) > 0)
    }

    @Test func comparesWithWhatItWroteBefore() throws {
        let file = folder.path("graph.json")
        try Data(graph("-o", "json").output.utf8).write(to: file)
        let same = try graph("--diff", file.path)
        #expect(same.status == 0, "\(same.errors)")
        #expect(same.output.contains("# compared with graph.json: 0 new, 0 gone, 0 changed\n"))
        // Half of the capture against all of it: nothing can be new.
        let names = try #require(graph("-o", "json", "--fold", "end").output.firstMatch(of: /"first":"([^"]+)"/))
        let part = try graph("--diff", file.path, "--until", String(names.1).prefix(19) + "Z", "--fold", "end")
        #expect(part.output.contains(" 0 new, "), "\(part.output.prefix(300))\(part.errors)")
        #expect(part.output.contains("- gone"))
    }

    @Test func drawsOneRowWithWhomItTalksTo() throws {
        let whole = try object(graph("-o", "json").output)
        let edges = try #require(whole["edges"] as? [[String: Any]])
        let id = try #require(edges.first?["source"] as? String)
        let focused = try object(graph("-o", "json", "--focus", id).output)
        let ofIt = edges.filter { $0["source"] as? String == id || $0["destination"] as? String == id }
        #expect((focused["edges"] as? [Any])?.count == ofIt.count && ofIt.count < edges.count)
        let nobody = try graph("--focus", "nobody")
        #expect(nobody.status == 1 && nobody.errors == "portolan: nothing in the graph is called nobody\n")
    }

    @Test func foldsAsItIsTold() throws {
        let ends = try graph("--fold", "end").output
        let level = try graph("--fold", "level").output
        #expect(ends.contains("# fold end: ") && level.contains("# fold level: "))
        #expect(ends.split(separator: "\n").count > level.split(separator: "\n").count)
    }

    /// Addresses that a flood made up: more than anybody could read.
    @Test func drawsNoPictureOfTooManyRows() throws {
        let flood = folder.path("flood.pcap")
        var frames: [CaptureBytes.Frame] = []
        for number in 0..<1200 {
            let source: [UInt8] = [10, 1, UInt8(number / 200), UInt8(number % 200 + 1)]
            frames.append(.udp(at: 1_700_000_000_000_000 + UInt64(number), from: source, ports: (4000, 53)))
        }
        try Data(CaptureBytes(frames).pcap).write(to: flood)
        let refused = try Command.run("graph", "-r", flood.path, "--fold", "end", "-o", "svg")
        #expect(refused.status == 1 && refused.output.isEmpty && refused.errorLines.count == 1)
        #expect(refused.errors.contains(" rows are too many for a picture, which has 1000 at most"))
        let dot = try Command.run("graph", "-r", flood.path, "--fold", "end", "-o", "dot")
        #expect(dot.status == 0 && dot.output.split(separator: "\n").count > 2400)
        let json = try object(Command.run("graph", "-r", flood.path, "--fold", "end", "-o", "json").output)
        #expect(json["layout"] == nil && (json["edges"] as? [Any])?.count == 1200)
        let folded = try Command.run("graph", "-r", flood.path, "-o", "svg")
        #expect(folded.status == 0 && folded.output.hasPrefix("<?xml"))
    }

    @Test func drawsTheLastOfIt() throws {
        let whole = try object(graph("-o", "json").output)
        let last = try object(graph("-o", "json", "--window", "1s").output)
        func count(_ graph: [String: Any]) -> Int { (graph["edges"] as? [Any])?.count ?? 0 }
        #expect(count(last) > 0 && count(last) < count(whole))
        let compared = try graph("--diff", "1s")
        #expect(compared.status == 0 && compared.output.contains("# compared with the 1s before: "))
    }

    @Test func saysInOneLineWhatIsWrong() throws {
        let nowhere = try Command.run("graph", "-r", "/nowhere.pcap")
        #expect(nowhere.status == 2 && nowhere.output.isEmpty && nowhere.errorLines.count == 1)
        let baseline = try graph("--diff", "/nowhere.json")
        #expect(baseline.status == 2)
        #expect(baseline.errors == "portolan: cannot read /nowhere.json: No such file or directory\n")
        let broken = folder.path("broken.json")
        try Data("{\"endpoints\":7}".utf8).write(to: broken)
        let unread = try graph("--diff", broken.path)
        #expect(unread.status == 2)
        #expect(unread.errors == "portolan: \(broken.path) is no graph that portolan graph -o json wrote\n")
    }

    @Test(arguments: [
        ["-o", "png"], ["--fold", "pod"], ["--window", "10"], ["--window", "-1m"], ["--focus", ""], ["--diff", ""],
        ["--window", "1m", "--since", "2026-11-21T20:00:00Z"], ["-o", "json", "--diff", "1h"], ["--socket", "/x"],
    ])
    func refusesWhatMakesNoSense(options: [String]) throws {
        let outcome = try Command.shell("\"$portolan\" graph -r \"$@\"", shop.path, options)
        #expect(outcome.status == 64 && outcome.output.isEmpty)
    }
}
