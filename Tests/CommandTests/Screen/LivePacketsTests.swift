import Addressing
import Dashboard
import Flows
import Graph
import Monitor
import Pipeline
import Records
import Support
import Testing

@testable import portolan

/// The packets of an edge as they come: a capture stands for what comes.
@Suite("Packets of an edge as they come")
struct LivePacketsTests {
    /// Reads a capture as if it came, and asks for packets every 50 ms of it.
    private func live(
        _ name: String,
        _ subject: PacketChoice.Subject
    ) throws -> (list: PacketList, edges: [EdgeKey: Edge]) {
        let drawn = GraphSink(hearsStarts: true)
        let options = FileSourceOptions(paths: [LookedAtFile.own(name)])
        var replay = try FileSource.open(options, drawn, flows: .played)
        let packets = LivePackets(PacketChoice(number: 7, subject: subject), in: drawn)
        replay.hand(packetsTo: packets)
        var newest = packets.takeNews()
        #expect(newest?.packets.isEmpty == true)
        while true {
            let next = replay.nextTime ?? Timestamp(nanoseconds: 0)
            let reach = try replay.read(until: Timestamp(nanoseconds: next.nanoseconds + 50_000_000), batches: 8)
            newest = packets.takeNews() ?? newest
            if case .end = reach { break }
        }
        return (try #require(newest), drawn.graph.edges)
    }

    @Test func eachPacketOfTheEdgeComesOnceAndInOrder() throws {
        let edges = try LookedAtFile(LookedAtFile.own("shop/shop-node-a.pcap")).whole.graph.edges
        let (key, edge) = try #require(edges.max { $0.value.counts.packets < $1.value.counts.packets })
        let (list, _) = try live("shop/shop-node-a.pcap", .edges([key]))
        #expect(UInt64(list.packets.count) + list.unkept == edge.counts.packets)
        #expect(list.unkept == 0)
        #expect(list.choice == 7)
        #expect(list.isLive && !list.isSearching)
        #expect(list.packets.map(\.time) == list.packets.map(\.time).sorted())
    }

    @Test func aFlowIsKnownByItsName() throws {
        let flows = try LookedAtFile(LookedAtFile.own("first/first.pcap")).whole.flows
        let flow = try #require(flows.first)
        let (list, _) = try live("first/first.pcap", .flow(flow.identifier))
        #expect(UInt64(list.packets.count) == flow.packets)
    }

    @Test func noOtherPacketsCome() throws {
        let nobody = EdgeKey(
            EndpointKey(.container, "x"),
            EndpointKey(.container, "y"),
            protocolNumber: 6,
            port: 1
        )
        let (list, edges) = try live("shop/shop-node-a.pcap", .edges([nobody]))
        #expect(!edges.isEmpty)
        #expect(list.packets.isEmpty)
        #expect(list.unkept == 0)
    }

    private func packet(_ number: Int, length: Int = 10) -> PacketList.Packet {
        PacketList.Packet(
            number: nil,
            time: Timestamp(nanoseconds: Int64(number)),
            length: length,
            interface: "",
            linkType: 1,
            bytes: Array(repeating: 0, count: length),
            layers: []
        )
    }

    @Test func theNewestAreKeptAndThoseThatWentCounted() {
        var kept = KeptPackets(choice: 1, isLive: true)
        for number in 0..<(PacketList.limit * 3 + 5) { kept.add(packet(number)) }
        let list = kept.taken()
        #expect(list.packets.count == PacketList.limit)
        #expect(list.earlier == UInt64(PacketList.limit * 2 + 5))
        #expect(list.packets.first?.time.nanoseconds == Int64(PacketList.limit * 2 + 5))
        #expect(list.unkept == 0)
    }

    @Test func bytesAreBounded() {
        let length = PacketList.byteLimit / 10
        for isLive in [true, false] {
            var kept = KeptPackets(choice: 1, isLive: isLive)
            for number in 0..<25 { kept.add(packet(number, length: length)) }
            let list = kept.taken()
            #expect(list.packets.count == 10)
            #expect((list.earlier ?? 0) + list.unkept == 15)
            #expect(list.packets.first?.time.nanoseconds == (isLive ? 15 : 0))
        }
    }
}
