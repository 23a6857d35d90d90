import Addressing
import Records

/// What was stopped.
extension ReportTally {
    var blockSection: ReportSection {
        guard hasMemory else {
            var section = ReportSection(.blocks)
            section.remarks = ["Unknown: a capture does not tell what was blocked."]
            return section
        }
        var totals = Totals()
        totals.add(
            "blocks in force at some time",
            .count(UInt64(blocks.count) &+ blocksLeftOut),
            commands.blocks(),
            isCounted: isWhole
        )
        var table = ReportTable(
            "blocks",
            title: "Blocks",
            [
                .figure("portolan.block.id", "no."), ReportColumn("portolan.block.who", "who"),
                ReportColumn("portolan.block.what", "what"), ReportColumn("portolan.block.author", "by"),
                ReportColumn("event.start", "from"), .figure("portolan.block.packets", "packets"),
                .sentence("portolan.block.reason", "why"),
            ]
        )
        for block in blocks.sorted(by: { $0.number < $1.number }) {
            table.add(
                [
                    .number(block.number), .text(block.who), .text(block.what), .text(block.author),
                    .time(block.from.nanoseconds), .count(block.packets), .text(block.reason),
                ],
                commands.blocks(block.number)
            )
        }
        table.leftOut += Int(clamping: blocksLeftOut)
        var section = ReportSection(.blocks, [totals.table, table])
        if !isWhole {
            section.remarks.append(
                "An agent tells of the blocks that are in force and the last that ended since it began; its database has all."
            )
        }
        return section
    }

    private var isWhole: Bool { if case .database = commands.source { true } else { false } }
}
