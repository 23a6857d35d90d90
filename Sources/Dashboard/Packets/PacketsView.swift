import Addressing
import Terminal

/// Packets of an edge: a list of them, and of the one that is opened its headers and its bytes.
struct PacketsView: Sendable {
    /// Whose packets they are.
    var title: String
    var zone = 0
    /// As `PacketChoice.number`.
    var choice = 0
    /// By where they stand among all that came.
    private(set) var table = ListTable<UInt64>(
        Self.columns,
        order: ListOrder(column: Column.number.rawValue, isReversed: false)
    )
    private(set) var list = PacketList()
    /// The packet that is looked into.
    private(set) var opened: PacketList.Packet?
    private var scroll = ScrollText()
    /// The name of a file that is being typed.
    private(set) var typed: String?

    enum Column: Int, CaseIterable, Sendable { case number, time, length, interface, summary }

    static let columns = [
        ListColumn(title: "NO", width: 6, isRight: true),
        ListColumn(title: "TIME", width: 15, rank: 1),
        ListColumn(title: "LENGTH", width: 6, rank: 2, isRight: true),
        ListColumn(title: "INTERFACE", width: 10, rank: 3, least: 100),
        ListColumn(title: "SUMMARY", width: 14, share: 1),
    ]

    init(_ title: String) {
        self.title = title
    }

    /// Whether keys are letters of a name: whoever hands them over takes none of them for something else.
    var isTyping: Bool { typed != nil }

    /// Takes the packets there are now.
    mutating func take(_ list: PacketList) {
        let isFirst = self.list.packets.isEmpty
        self.list = list
        if isFirst, list.isLive { table.follow(true) }
        let first = list.earlier ?? 0
        table.show(list.packets.indices.map { first &+ UInt64($0) })
    }

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> KeyAnswer {
        if typed != nil { return type(key, modifiers) }
        switch key {
        case .character("w"), .character("S"):
            guard modifiers.isEmpty || modifiers == .shift, !list.packets.isEmpty else { return .taken }
            typed = ""
        case .enter where opened == nil:
            table.keep()
            if let chosen { opened = chosen }
            scroll = ScrollText()
        case .escape where opened != nil, .enter where opened != nil: opened = nil
        case .character("n") where opened != nil: open(1)
        case .character("N") where opened != nil: open(-1)
        case .character("f") where opened == nil && !modifiers.contains(.control): table.follow(!table.followsLast)
        // They stand as they came.
        case .character("s"): break
        default:
            let isTaken = opened == nil ? table.handle(key, modifiers) : scroll.handle(key, modifiers)
            return isTaken ? .taken : .ignored
        }
        return .taken
    }

    mutating func paste(_ text: String) {
        guard let typed else { return }
        self.typed = String((typed + text.filter { !$0.isNewline }).prefix(Self.nameLimit))
    }

    /// Characters of a file's name.
    private static var nameLimit: Int { 512 }

    private mutating func type(_ key: Key, _ modifiers: Modifiers) -> KeyAnswer {
        switch key {
        case .escape: typed = nil
        case .enter:
            let name = typed ?? ""
            typed = nil
            if !name.isEmpty { return .request(.savePackets(path: name)) }
        case .backspace: if typed?.popLast() == nil { typed = nil }
        case .character("u") where modifiers.contains(.control): typed = ""
        case .character(let character) where !modifiers.contains(.control): paste(String(character))
        default: break
        }
        return .taken
    }

    /// The chosen packet.
    private var chosen: PacketList.Packet? {
        guard table.chosen != nil, list.packets.indices.contains(table.place) else { return nil }
        return list.packets[table.place]
    }

    private mutating func open(_ step: Int) {
        _ = table.handle(step > 0 ? .down : .up, [])
        if let chosen { opened = chosen }
        scroll = ScrollText()
    }

    mutating func draw(on grid: inout CellGrid, in area: ScreenArea) {
        area.rule(title, on: &grid, row: 0)
        let body = area.part(top: 1, height: area.height - 2)
        if let opened {
            let lines = PacketLines.lines(of: opened, zone: zone, width: area.width, grid.glyphs)
            scroll.draw(lines, on: &grid, in: body)
        } else {
            drawList(on: &grid, in: body)
        }
        if let typed {
            let column = area.put("save as pcapng: \(typed)", on: &grid, row: area.height - 1)
            area.put(" ", on: &grid, row: area.height - 1, column: column, .selected)
        } else {
            let keys = opened == nil ? "Enter opens   f follow   w save" : "n N next, previous   w save all   Esc back"
            area.put("\(state)   \(keys)", on: &grid, row: area.height - 1, column: 1, .quiet)
        }
    }

    private mutating func drawList(on grid: inout CellGrid, in area: ScreenArea) {
        let (packets, zone, glyphs) = (list.packets, zone, grid.glyphs)
        let first = list.earlier ?? 0
        _ = table.draw(on: &grid, in: area) { index in
            let packet = packets[index]
            return [
                ListCell("\(packet.number ?? first &+ UInt64(index) &+ 1)", .quiet),
                ListCell(PacketLines.clock(packet.time, zone: zone)), ListCell("\(packet.length)"),
                ListCell(packet.interface),
                ListCell(PacketLines.summary(of: packet, glyphs)),
            ]
        }
        guard packets.isEmpty else { return }
        let text =
            list.isSearching
            ? "Looking through the file for packets …" : list.isLive ? "No packets yet." : "No packets of it."
        area.put(list.fault ?? text, on: &grid, row: 1, column: 1, .quiet)
    }

    private var state: String {
        var words = ["\(AmountText.count(UInt64(list.packets.count))) packets"]
        if let earlier = list.earlier, earlier > 0 { words.append("\(AmountText.count(earlier)) before them") }
        if list.isSearching { words.append("searching") }
        if list.isLive { words.append("live") }
        if list.unkept > 0 {
            words.append("\(AmountText.count(list.unkept)) \(list.isLive ? "more came too fast" : "more are not kept")")
        } else if list.packets.count >= PacketList.limit {
            words.append("no more than \(AmountText.count(UInt64(PacketList.limit))) are kept")
        }
        if let fault = list.fault, !list.packets.isEmpty { words.append(fault) }
        return words.joined(separator: ", ")
    }
}
