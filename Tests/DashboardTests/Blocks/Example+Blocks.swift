import Addressing
import Containers
import Graph
import Records

@testable import Dashboard

extension Example {
    /// A block as an agent tells it.
    static func block(
        _ number: Int,
        _ state: BlockRecord.State = .holds,
        who: String = "cart-0",
        what: String = #""to":"192.0.2.7/32","protocol":6,"ports":["443"]"#,
        left: Int64 = 552,
        packets: Int = 42,
        reason: String = "talks to a known C2",
        _ change: (inout BlockRecord) -> Void = { _ in }
    ) throws -> BlockRecord {
        let text =
            #"{"@timestamp":"\#(moment(0))","event":{"action":"block","start":"\#(moment(-48))"},"source":{},"#
            + #""portolan":{"block":{"id":\#(number),"state":"\#(state.rawValue)","reason":"","until":"\#(moment(left))","#
            + #""packets":\#(packets),"bytes":\#(packets * 60),"who":{"container":"\#(identifier(number))","generation":1},"#
            + #""what":{\#(what)},"options":[],"author":{"uid":0,"name":"root"}}}}"#
        let bytes = Array(text.replacing(#""reason":"""#, with: #""reason":"\#(reason)""#).utf8)
        guard var record = try BlockRecord(reading: bytes.span) else { throw NoBlock() }
        record.container = container(who, number: number)
        if state == .ended {
            record.ended = Timestamp(nanoseconds: end.nanoseconds - 5_000_000_000)
            record.endedBy = "its time is over"
        }
        change(&record)
        return record
    }

    struct NoBlock: Error {}

    private static func moment(_ seconds: Int64) -> String {
        let (date, clock) = Timestamp(nanoseconds: end.nanoseconds + seconds * 1_000_000_000).civilText
        return "\(date)T\(clock)Z"
    }

    /// One of every state; told in the order of their numbers, those that ended first.
    static func blocks(hostile: String = "") throws -> [BlockRecord] {
        let quarantine = #""quarantine":true,"allow":["10.0.0.9/32"]"#
        return [
            try block(12, .ended, who: hostile + "etl-0", packets: 1),
            try block(13, .failsOpen, who: hostile + "ads-0", packets: 7) {
                $0.message = "\(hostile)somebody changed the table portolan: sending_blocked_v4_port"
            },
            try block(14, who: hostile + "shop-0", what: quarantine, left: 200_000, packets: 0),
            try block(15, .waiting, who: hostile + "mail-0"),
            try block(16, .pending, who: hostile + "web-0", what: #""domain":"bad.example","addresses":[]"#),
            try block(17, packets: 1_234_567),
        ]
    }

    static func snapshot(
        blocks: [BlockRecord]?,
        origin: Snapshot.Origin = .agent(host: "node-a", socket: ""),
        _ change: (inout Snapshot) -> Void = { _ in }
    ) -> Snapshot {
        var snapshot = snapshot([], origin: origin)
        snapshot.blocks = blocks
        change(&snapshot)
        return snapshot
    }
}
