import Foundation
import Support
import Testing

extension Live {
    /// A capture and the journal of its host, explained afterwards.
    @Suite("Identity from a journal", .needs(.nodes))
    struct IdentityReplayTests {
        @Test func aReplayNamesWhomLiveNamed() throws {
            let lab = try KernelLab(pods: 6)
            let node = lab.nodes[0]
            let watch = try Observation(on: node)
            let dump = try node.start("tcpdump", "-i", "any", "-y", "LINUX_SLL2", "-U", "-w", "/run/any.pcap")
            try dump.waitFor("listening on any")
            let exchanges = try lab.talk(lab.everyPair())
            let here = exchanges.count { exchange in
                lab.pods.contains { $0.node === node && ($0.name == exchange.pod || $0.address == exchange.address) }
            }
            try watch.wait("all \(here) ended") { flows in
                flows.count { $0.last["destination.port"] == "7000" && $0.last["event.action"] == "flow_ended" } >= here
            }
            dump.stop()
            let live = try watch.end().filter { $0.last["destination.port"] == "7000" }
            // What it said is a journal, too: records of flows are passed over.
            try watch.running.output.write(
                toFile: node.outside("/run/journal.jsonl"),
                atomically: false,
                encoding: .utf8
            )
            let outcome = try node.runPortolan(
                "replay",
                "-r",
                "/run/any.pcap",
                "--identity",
                "/run/journal.jsonl",
                "-o",
                "json"
            )
            #expect(outcome.status == 0)
            #expect(outcome.errors == "")
            let replayed = outcome.records.filter {
                $0["destination.port"] == "7000" && $0["event.action"] == "flow_ended"
            }
            #expect(replayed.count == here && live.count == here)
            func story(_ record: Record) -> String {
                let keys = ["source.ip", "source.port", "destination.ip"]
                let ends = ["source", "destination"].flatMap { end in
                    ["container.id", "identity.kind", "identity.method", "identity.confidence"].map { "\(end).\($0)" }
                }
                let path = record.list("observer.path", "interface").map { $0 ?? "?" }
                return ((keys + ends).map { record[$0] ?? "-" } + path).joined(separator: " ")
            }
            #expect(Set(replayed.map(story)) == Set(live.map { story($0.last) }))
        }

        @Test func aBrokenJournalIsToldBeforeAnythingElse() throws {
            let lab = try Lab(nodes: ["only"])
            let node = lab.nodes[0]
            try node.shell("echo '{\"event\":{\"kind\":\"state\"},\"portolan\":{\"change\":\"host\"}}' >/run/bad.jsonl")
            let capture = SharedCaptures.own.appendingPathComponent("shop/shop-node-a.pcap").path
            let outcome = try node.runPortolan("replay", "-r", capture, "--identity", "/run/bad.jsonl")
            #expect(outcome.status == 2)
            #expect(outcome.output == "")
            #expect(outcome.errors.contains("/run/bad.jsonl: line 1 lacks"))
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
    }
}
