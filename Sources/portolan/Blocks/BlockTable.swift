import Addressing
import Enforcement
import Records

/// Blocks as a table.
struct BlockTable {
    private var table = ColumnTable([
        .init(title: "NUMBER"), .init(title: "WHO", least: 12), .init(title: "WHAT", least: 16),
        .init(title: "LEFT"), .init(title: "STATE"), .init(title: "PACKETS", rank: 3),
        .init(title: "BY", least: 8, rank: 2, isFaint: true), .init(title: "WHY", least: 12, rank: 1, isFaint: true),
    ])

    init(_ records: [BlockRecord], now: Timestamp) {
        for record in records {
            let block = record.block
            table.add([
                ["\(block.identifier.number)"], [Printable.text(record.who)], [BlockLine.what(block.order)],
                [Self.left(record, now)], [Self.state(record)], [Quantity.count(record.stopped.packets)],
                [Printable.text("\(block.order.author)")], [Printable.text(block.order.reason)],
            ])
        }
    }

    /// A line when there is nothing to list.
    func lines(_ style: TextStyle, width: Int) -> [String] {
        table.isEmpty ? ["nothing is blocked"] : table.lines(style, width: width)
    }

    private static func left(_ record: BlockRecord, _ now: Timestamp) -> String {
        if record.state == .ended { return "" }
        guard let until = record.block.until else { return "for ever" }
        return Quantity.age(max(0, until.nanoseconds - now.nanoseconds))
    }

    private static func state(_ record: BlockRecord) -> String {
        switch record.state {
        case .pending: "pending"
        case .holds: "holds"
        case .waiting: "waiting"
        case .failsOpen: "FAILS OPEN"
        case .ended: "ended"
        case .refused: "refused"
        }
    }
}
