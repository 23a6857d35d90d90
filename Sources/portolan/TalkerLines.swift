import Flows
import Records

/// Who talked to whom: the largest pairs, a line each.
struct TalkerLines {
    private let table: TalkerTable
    private let width: Int

    /// Lines of at most `width` columns, as long as addresses leave room.
    init(_ table: TalkerTable, width: Int) {
        self.table = table
        self.width = width
    }

    private static var count: Int { 10 }

    func lines(_ style: TextStyle) -> [String] {
        let top = table.top(Self.count)
        let pairs = table.counted
        let note = pairs > top.count ? " (\(top.count) of \(Quantity.count(UInt64(pairs))) pairs)" : ""
        var lines = TextTable("Who talked to whom", note: note, figures: ["flows", "packets", "bytes"])
        let segments = top.map { Self.segment($0.scopeName) }
        let showsSegments = Set(segments).count > 1
        let services = top.map(Self.service)
        let ends = room(for: top, services, showsSegments ? segments : [])
        for (index, talker) in top.enumerated() {
            var words = [
                EndText(talker.source, name: talker.names.source).text(within: ends.source),
                "→",
                EndText(talker.destination, name: talker.names.destination).text(within: ends.destination),
            ]
            if showsSegments { words.append(segments[index]) }
            words.append(services[index])
            lines.add(words, Self.figures(talker.flows, talker.packets, talker.bytes))
        }
        let rest = table.rest.flows
        return lines.lines(style) + (rest == 0 ? [] : ["  and \(Quantity.count(rest)) flows between further pairs"])
    }

    static func figures(_ flows: UInt64, _ packets: UInt64, _ bytes: UInt64) -> [String] {
        [Quantity.count(flows), Quantity.count(packets), Quantity.bytes(bytes)]
    }

    /// How wide the two ends may be, so that the lines fit: the source gets half of the room, or all it needs.
    private func room(
        for top: [TalkerTable.Talker],
        _ services: [String],
        _ segments: [String]
    ) -> (source: Int, destination: Int) {
        func widest(_ texts: [String]) -> Int { texts.reduce(0) { max($0, TerminalWidth.of($1)) } }
        let figures = top.map { Self.figures($0.flows, $0.packets, $0.bytes) } + [["flows", "packets", "bytes"]]
        let taken =
            "  ".count + "  →  ".count + 2 + widest(services) + (segments.isEmpty ? 0 : 2 + widest(segments))
            + (0..<3).reduce(0) { sum, column in sum + 2 + widest(figures.map { $0[column] }) }
        let room = max(0, width - taken)
        let source = top.reduce(0) { max($0, EndText($1.source, name: $1.names.source).width) }
        let destination = top.reduce(0) { max($0, EndText($1.destination, name: $1.names.destination).width) }
        let given = min(source, max(room / 2, room - destination))
        return (given, room - given)
    }

    private static func service(_ talker: TalkerTable.Talker) -> String {
        switch talker.services.nonzeroBitCount {
        case ...1: talker.service.text
        case ..<10: talker.service.text + ", others"
        default: "many ports"
        }
    }

    private static func segment(_ scope: Scope.Name) -> String {
        switch scope {
        case .bare: ""
        case .segment(let identifier, _): "vni \(identifier)"
        case .vlan(let word): "vlan \(word >> 12 == 0 ? "" : "\(word >> 12 & 0xfff).")\(word & 0xfff)"
        case .namespace(let inode): "net:[\(inode)]"
        case .device(let inode, let index): "net:[\(inode)]/\(index)"
        }
    }
}
