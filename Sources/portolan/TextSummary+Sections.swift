import Flows
import Records
import Wire

/// What the flows were made of.
extension TextSummary {
    private static var titles: [String] { ["flows", "packets", "bytes", "share"] }

    var protocols: TextTable {
        var table = TextTable("Protocols", figures: Self.titles)
        let numbers = tally.sums.protocols.indices.filter { tally.sums.protocols[$0].packets > 0 }
        for number in Self.largestFirst(numbers, { tally.sums.protocols[$0].bytes }) {
            let number = UInt8(number)
            table.add(
                [TalkerService(protocolNumber: number, port: nil, application: .unknown).text],
                figures(tally.sums.protocols[Int(number)])
            )
            guard number == 6 || number == 17 else { continue }
            addApplications(over: number, to: &table)
        }
        // What runs over SCTP and the like is rare: together, behind all of them.
        addApplications(over: 0, to: &table)
        return table
    }

    private func addApplications(over number: UInt8, to table: inout TextTable) {
        let known = ApplicationProtocol.allCases.filter {
            $0 != .unknown && tally.sums.sum(of: $0, over: number).packets > 0
        }
        for application in Self.largestFirst(known, { tally.sums.sum(of: $0, over: number).bytes }) {
            table.add(["  \(application)"], figures(tally.sums.sum(of: application, over: number)))
        }
    }

    var tunnels: TextTable {
        var table = TextTable("Tunnels", note: ", outermost first", figures: Self.titles)
        let stacks = tally.sums.tunnels.keys.sorted { $0.bits < $1.bits }
        for stack in Self.largestFirst(stacks, { tally.sums.tunnels[$0]?.bytes ?? 0 }).prefix(8) {
            guard let sum = tally.sums.tunnels[stack] else { continue }
            table.add([stack.kinds.map(\.description).joined(separator: " › ")], figures(sum))
        }
        return table
    }

    var connections: TextTable {
        let established: [ConnectionState] = [.s1, .sf, .s2, .s3, .rsto, .rstr]
        let completed = established.reduce(0) { $0 + (tally.sums.states[$1] ?? 0) }
        let rejected = tally.sums.states[.rej] ?? 0
        let dropped = (tally.sums.states[.rstos0] ?? 0) + (tally.sums.states[.sh] ?? 0)
        let partial = tally.sums.states.values.reduce(0, +) - completed - rejected - dropped
        var table = TextTable("TCP connections", figures: [""])
        for (count, what) in [
            (completed, "established"),
            (tally.sums.unanswered, "attempted, no answer"),
            (rejected, "rejected"),
            (dropped, "given up before an answer"),
            (partial, "seen in part only"),
        ] where count > 0 {
            table.add([what], [Quantity.count(count)])
        }
        return table
    }

    private func figures(_ sum: TrafficSums.Sum) -> [String] {
        TalkerLines.figures(sum.flows, sum.packets, sum.bytes) + [Quantity.share(sum.bytes, of: wanted.bytes)]
    }

    /// In falling order of bytes, equals as they were.
    private static func largestFirst<Element>(_ elements: [Element], _ bytes: (Element) -> UInt64) -> [Element] {
        elements.enumerated().sorted { left, right in
            let (a, b) = (bytes(left.element), bytes(right.element))
            return a != b ? a > b : left.offset < right.offset
        }.map(\.element)
    }
}
