import Addressing
import Containers
import Flows
import Records
import Testing

@testable import Evidence

@Suite("Flows of a report")
struct FlowTallyTests {
    @Test func countsTheWireAndWhatIsEncapsulatedApart() {
        var tally = Sample.tally()
        tally.take(Sample.flow(1))
        for number in UInt64(2)...4 {
            var flow = Sample.flow(number)
            flow.tunnel = Sample.vxlan(number == 4 ? 7 : 42)
            tally.take(flow)
        }
        let report = tally.made
        #expect(report.total(.flows, "flows") == .count(4))
        #expect(report.total(.flows, "flows on the wire, bare") == .count(1))
        #expect(report.total(.flows, "flows encapsulated") == .count(3))
        let tunnels = report.rows(.flows, "tunnels").map { Array($0.cells.prefix(3)) }
        #expect(tunnels == [[.text("vxlan"), .number(42), .count(2)], [.text("vxlan"), .number(7), .count(1)]])
        let ends = report.rows(.hosts, "tunnel_ends").map { $0.cells[0] }
        #expect(ends == [.text("192.0.2.1"), .text("192.0.2.2")])
    }

    @Test func bytesOfTwinsCountOnce() {
        var (bare, inside) = (Sample.flow(1, bytes: 100), Sample.flow(2, bytes: 120))
        (bare.twin, inside.twin) = (inside.identifier, bare.identifier)
        for order in [[bare, inside], [inside, bare]] {
            var tally = Sample.tally()
            for flow in order { tally.take(flow) }
            #expect(tally.made.total(.flows, "flows") == .count(2))
            #expect(tally.made.total(.flows, "bytes of IP packets") == .bytes(170))
        }
    }

    @Test func withoutAJournalWhoIsWhoIsUnknownAndNotNothing() {
        var tally = Sample.tally()
        tally.take(Sample.flow(1, to: "1.2.3.4"))
        let report = tally.made
        #expect(report.total(.flows, "flows between containers of this host") == .unknown)
        #expect(report.total(.blindSpots, "flows of which nothing says who was who") == .count(1))
        #expect(report.total(.surfaces, "bridges") == .unknown)
        #expect(report.total(.listeners, "sockets that wait") == .unknown)
        #expect(report.total(.rogueContainers, "containers that ran") == .unknown)
        // What an address is of can be said.
        #expect(report.total(.destinations, "addresses outside that were asked") == .count(1))
        let remarks = report.sections.first { $0.topic == .consumption }?.remarks
        #expect(remarks == ["Unknown: nothing says who was who."])
    }

    @Test func addsUpWhatEachContainerSentAndReceived() {
        var tally = Sample.tally()
        let both = FlowIdentities(
            source: Sample.identity(.container, "web"),
            destination: Sample.identity(.container, "db"),
            hostName: nil
        )
        let own = FlowIdentities(
            source: Sample.identity(.container, "db"),
            destination: Sample.identity(.container, "db"),
            hostName: nil
        )
        tally.take(Sample.flow(1, bytes: 1000, identities: both))
        var refused = Sample.flow(2, bytes: 40, identities: both)
        refused.connectionState = .rej
        tally.take(refused)
        tally.take(Sample.flow(3, bytes: 10, identities: own))
        let rows = tally.made.rows(.consumption, "consumption").map(\.cells)
        #expect(
            rows == [
                [.text("db"), .count(3), .count(0), .bytes(160), .bytes(1100)],
                [.text("web"), .count(2), .count(1), .bytes(1040), .bytes(100)],
            ]
        )
        let command = tally.made.rows(.consumption, "consumption").first?.command?.text
        #expect(command?.contains("--container=0123456789ab -o json") == true)
    }

    @Test func aTableHasABoundAndCountsTheRest() {
        var table = BoundedTable<Int, Int>()
        for number in 0..<(BoundedTable<Int, Int>.limit + 5) { table.change(number, fresh: 0) { $0 += 1 } }
        #expect(table.values.count == BoundedTable<Int, Int>.limit && table.overflows == 5)
        table.change(0, fresh: 0) { $0 += 1 }
        #expect(table.values[0] == 2 && table.overflows == 5)
    }

    @Test func rowsHaveABoundAndTheRestIsTold() {
        var tally = Sample.tally()
        for number in 0..<130 { tally.take(Sample.flow(UInt64(number), to: "1.2.3.\(number)")) }
        let table = tally.made.sections.first { $0.topic == .destinations }?.tables.first { $0.name == "destinations" }
        #expect(table?.rows.count == 100 && table?.leftOut == 30)
    }
}
