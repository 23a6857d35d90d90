import Addressing
import Dashboard
import Flows
import Foundation
import Graph
import Records
import Support
import Testing

@testable import portolan

/// Packets that are found in files, against what tshark counts in them.
@Suite("Packets of an edge in a file")
struct PacketSearchTests {
    /// Both ends of a flow in one order, as in the tables.
    private func ends(_ ends: [(address: String, port: String)], _ protocolNumber: String) -> String {
        (ends.map { "\($0.address) \($0.port)" }.sorted() + [protocolNumber]).joined(separator: " ")
    }

    /// Everywhere but on a machine of somebody who lacks it.
    private func hasTshark() throws -> Bool {
        try ProcessInfo.processInfo.environment["CI"] != nil || Command.shell("command -v tshark").status == 0
    }

    @Test(arguments: ["first/first", "shop/shop-node-a"])
    func aFlowHasAsManyAsTsharkCounts(_ name: String) throws {
        let file = try LookedAtFile(LookedAtFile.own("\(name).pcap"))
        var expected: [String: UInt64] = [:]
        for flow in try TsharkFlow.all(of: "\(name).flows.tsv") {
            expected[ends(flow.ends, flow.protocolNumber), default: 0] += flow.packets
        }
        var found: [String: UInt64] = [:]
        for (number, flow) in file.whole.flows.enumerated() {
            let list = try file.packets(PacketChoice(number: number + 1, subject: .flow(flow.identifier)))
            #expect(list.fault == nil)
            #expect(UInt64(list.packets.count) == flow.packets)
            let isICMP = flow.protocolNumber == 1 || flow.protocolNumber == 58
            let both = [flow.source, flow.destination].map {
                (address: "\($0.address)", port: isICMP ? "0" : "\($0.port)")
            }
            found[ends(both, "\(flow.protocolNumber)"), default: 0] += UInt64(list.packets.count)
        }
        // The tables tell messages of ICMP apart by types, which are no ports.
        let transports = expected.filter { $0.key.hasSuffix(" 6") || $0.key.hasSuffix(" 17") }
        #expect(transports.count > 0)
        for (ends, count) in transports { #expect(found[ends] == count, "\(ends)") }
    }

    @Test func anEdgeHasThePacketsOfAllItsFlowsInsideTheTunnel() throws {
        let path = LookedAtFile.own("shop/shop-node-a.pcap")
        let file = try LookedAtFile(path)
        let edges = file.whole.graph.edges.filter { $0.key.port == 8080 && $0.key.protocolNumber == 6 }
        #expect(!edges.isEmpty)
        let list = try file.packets(PacketChoice(number: 1, subject: .edges(Set(edges.keys))))
        #expect(UInt64(list.packets.count) == edges.values.reduce(0) { $0 + $1.counts.packets })
        #expect(list.packets.allSatisfy { $0.layers.contains { $0.hasPrefix("VXLAN vni 1") } })
        #expect(list.packets.compactMap(\.number) == list.packets.compactMap(\.number).sorted())
        guard try hasTshark() else { return }
        // On each frame's innermost TCP header: the outer ones are UDP.
        let told = try Command.shell(
            "tshark -d udp.port==8472,vxlan -r \"$1\" -Y 'tcp.port==8080 && !icmp' -T fields -e frame.number",
            path
        )
        #expect(told.output.split(separator: "\n").compactMap { UInt64($0) } == list.packets.compactMap(\.number))
    }

    @Test func ofAPartOfItsTimeAnEdgeHasThePacketsOfThatPart() throws {
        let file = try LookedAtFile(LookedAtFile.own("shop/shop-node-a.pcap"))
        let edges = Set(file.whole.graph.edges.keys)
        let all = try file.packets(PacketChoice(number: 1, subject: .edges(edges))).packets
        let middle = all[all.count / 2].time.nanoseconds
        let span = all[0].time.nanoseconds..<middle
        let part = try file.packets(PacketChoice(number: 2, subject: .edges(edges), span: span)).packets
        #expect(!part.isEmpty)
        #expect(part == all.filter { span.contains($0.time.nanoseconds) })
    }

    @Test func tenantsWithOneAddressKeepTheirPackets() throws {
        let file = try LookedAtFile(LookedAtFile.own("tenants/tenants.pcap"))
        // ARP in a tunnel counts for the flow between the tunnel's ends, which is of both tenants.
        let tenants = file.whole.graph.edges.filter { $0.key.source.name.contains("@vni") }
        #expect(!tenants.isEmpty)
        for (number, edge) in tenants.enumerated() {
            let list = try file.packets(PacketChoice(number: number + 1, subject: .edges([edge.key])))
            #expect(UInt64(list.packets.count) == edge.value.counts.packets)
            let segments = Set(list.packets.flatMap { $0.layers.filter { $0.hasPrefix("VXLAN") } })
            #expect(segments.count == 1)
        }
    }

    @Test func whatIsNotThereIsSaidToBeSo() throws {
        let file = try LookedAtFile(LookedAtFile.own("first/first.pcap"))
        let list = try file.packets(PacketChoice(number: 1, subject: .flow(FlowIdentifier(bits: 1))))
        #expect(list.packets.isEmpty)
        #expect(list.unkept == 0)
    }

    /// The same frame more often than packets are kept.
    @Test func theFirstAreKeptAndTheOthersCounted() throws {
        let folder = try ScratchFolder()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: LookedAtFile.own("first/first.pcap")))
        let length = Int(bytes[32]) | Int(bytes[33]) << 8
        var file = bytes.prefix(24)
        for _ in 0..<(PacketList.limit + 37) { file += bytes[24..<(40 + length)] }
        let many = try LookedAtFile(try folder.write(file, as: "many.pcap").path)
        let edges = Set(many.whole.graph.edges.keys)
        let list = try many.packets(PacketChoice(number: 1, subject: .edges(edges)))
        #expect(list.packets.count == PacketList.limit)
        #expect(list.unkept == 37)
        #expect(list.packets.last?.number == UInt64(PacketList.limit))
    }

    @Test func aSearchEndsWhenNobodyLooksAnyMore() throws {
        let file = try LookedAtFile(LookedAtFile.own("shop/shop-any.pcap"))
        for number in 1...20 {
            file.source.ask(
                .packets(PacketChoice(number: number, subject: .edges(Set(file.whole.graph.edges.keys))))
            )
            file.source.ask(.noPackets)
        }
        let edge = try #require(file.whole.graph.edges.first)
        let list = try file.packets(PacketChoice(number: 21, subject: .edges([edge.key])))
        #expect(!list.packets.isEmpty)
    }

    @Test func whatIsSavedTsharkReads() throws {
        let folder = try ScratchFolder()
        let file = try LookedAtFile(LookedAtFile.own("shop/shop-any.pcap"))
        let edges = Set(file.whole.graph.edges.keys)
        let list = try file.packets(PacketChoice(number: 1, subject: .edges(edges)))
        let path = folder.path("saved.pcapng").path
        try PacketFile.write(list.packets, to: path)
        // Nothing that is there is overwritten.
        #expect(throws: OutputFile.Failure.self) { try PacketFile.write([], to: path) }
        let again = try LookedAtFile(path)
        let read = try again.packets(PacketChoice(number: 1, subject: .edges(Set(again.whole.graph.edges.keys))))
        #expect(read.packets.map(\.bytes) == list.packets.map(\.bytes))
        #expect(read.packets.map(\.time) == list.packets.map(\.time))
        #expect(read.packets.map(\.length) == list.packets.map(\.length))
        guard try hasTshark() else { return }
        let told = try Command.shell("tshark -r \"$1\" | wc -l", path)
        #expect(Int(told.output.trimmingCharacters(in: .whitespacesAndNewlines)) == list.packets.count)
    }
}
