import Addressing
import Records

/// What is known of a block, as facts.
enum BlockDetail {
    /// `all` are the blocks that are told of, for what became of this one before; `ways` what it catches and leaves open, or why
    /// that is not known; nil while it is asked for.
    static func fields(
        of block: BlockRecord,
        among all: [BlockRecord],
        ways: [String]?,
        now: Timestamp?,
        zone: Int
    ) -> [DetailField] {
        var fields = [
            DetailField("number", "#\(block.number)"),
            DetailField("state", "\(block.state.word): \(block.state.sentence)", block.state.role),
            DetailField("note", block.message ?? "", block.state.role),
            DetailField("who", block.who), DetailField("what", block.what),
            DetailField("by", block.author), DetailField("why", block.reason),
            DetailField("since", moment(block.from, zone)),
            DetailField("until", block.until.map { moment($0, zone) } ?? "for ever"),
            DetailField("left", BlockText.left(block, now: now)),
            DetailField("packets", AmountText.count(block.packets)),
            DetailField("bytes", AmountText.bytes(block.bytes)),
        ]
        fields.removeAll { $0.value.isEmpty }
        if let container = block.container {
            fields.append(.heading("whom it stops"))
            fields += ContainerDetail.fields(of: container)
        }
        if block.state != .ended {
            fields.append(.heading("what it catches, and what not"))
            let lines = ways ?? ["asking the agent"]
            fields += lines.map { DetailField("way", $0) }
        }
        fields.append(.heading("what became of it"))
        return fields + audit(of: block, among: all, zone: zone)
    }

    /// Who did what when, the first thing first, as far as it is told.
    private static func audit(of block: BlockRecord, among all: [BlockRecord], zone: Int) -> [DetailField] {
        let why = block.reason.isEmpty ? "" : ": \(block.reason)"
        var fields = [DetailField(moment(block.from, zone), "asked for by \(block.author)\(why)")]
        let same = all.filter { $0.number == block.number }
        for end in same {
            guard let time = end.ended else { continue }
            let text =
                "ended by \(end.endedBy ?? "nobody knows whom"), \(AmountText.count(end.packets)) packets stopped"
            fields.append(DetailField(moment(time, zone), text))
        }
        if let standing = same.last(where: { $0.ended == nil }) {
            let text = fields.count > 1 ? "holds again, as that was undone" : standing.state.word
            fields.append(DetailField("now", text, standing.state.role))
        }
        return fields
    }

    private static func moment(_ time: Timestamp, _ zone: Int) -> String {
        let (date, clock) = TimeText.civil(time, zone: zone)
        return "\(date) \(clock)"
    }
}
