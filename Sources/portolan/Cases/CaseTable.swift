import Addressing
import Containers
import Records

/// Cases as a table.
struct CaseTable {
    private var table = ColumnTable([
        .init(title: "CASE"), .init(title: "CONTAINER", least: 12), .init(title: "IMAGE", least: 12, rank: 2),
        .init(title: "ADDRESS", least: 8, rank: 3), .init(title: "OPENED"), .init(title: "STATE"),
        .init(title: "ALERTS"), .init(title: "WORST", least: 12, rank: 6), .init(title: "CONNECTIONS", rank: 4),
        .init(title: "KEPT", rank: 5), .init(title: "PACKETS", rank: 1),
    ])

    init(_ records: [CaseRecord], now: Timestamp) {
        for record in records {
            table.add([
                ["\(record.number)"], [Printable.text(record.container.label)],
                [Printable.text(record.container.description.image ?? "")],
                record.addresses.prefix(4).map { "\($0)" },
                [Self.ago(record.opened, now)], [Self.state(record, now)], [Quantity.count(record.alerts)],
                ["\(record.worst.severity) \(Printable.text(record.worst.rule))"],
                [record.connections.map(Quantity.count) ?? ""],
                [Quantity.bytes(record.kept.bytes) + (record.kept.missing > 0 ? ", full" : "")],
                [record.packets.map { Quantity.bytes($0.bytes) } ?? ""],
            ])
        }
    }

    /// A line when there is nothing to list.
    func lines(_ style: TextStyle, width: Int) -> [String] {
        table.isEmpty ? ["there are no cases"] : table.lines(style, width: width)
    }

    private static func ago(_ time: Timestamp, _ now: Timestamp) -> String {
        "\(Quantity.age(max(0, now.nanoseconds &- time.nanoseconds))) ago"
    }

    private static func state(_ record: CaseRecord, _ now: Timestamp) -> String {
        switch record.state {
        case .open: "open"
        case .ended: "ended " + ago(record.ended ?? record.time, now)
        case .released: "let go " + ago(record.released ?? record.time, now)
        }
    }
}
