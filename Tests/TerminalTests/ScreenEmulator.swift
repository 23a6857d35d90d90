@testable import Terminal

/// A terminal that understands what `GridDiffer` sends, and counts whatever else it is sent as strange.
///
/// Deliberately another kind of program than the differ: it knows bytes, a cursor and a pen, nothing of grids that are
/// compared. It does not wrap, as `CSI ? 7 l` asks.
struct ScreenEmulator {
    struct Place: Equatable {
        var text: String
        var style: Style
    }

    let width: Int
    let height: Int
    /// "" is the right half of a wide character.
    private(set) var places: [Place]
    private(set) var strange: [String] = []
    private(set) var synchronized: [Bool] = []
    private var row = 0
    private var column = 0
    /// What was written last and may be joined, as long as the cursor was not moved.
    private var last: Int?
    private var pen = Style.standard
    var penIsStandard: Bool { pen == .standard }

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        places = Array(repeating: Place(text: " ", style: .standard), count: width * height)
    }

    mutating func feed(_ bytes: [UInt8]) {
        var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            if scalar.value < 0x20 { last = nil }
            switch scalar.value {
            case 0x1b:
                guard rest.popFirst() == "[" else {
                    strange.append("escape")
                    continue
                }
                let parameters = rest.prefix { $0.value < 0x40 }
                rest = rest.dropFirst(parameters.count)
                control(String(String.UnicodeScalarView(parameters)), final: rest.popFirst() ?? "?")
            case 0x08: column = max(0, column - 1)
            case 0x0a: if row + 1 < height { row += 1 } else { strange.append("scroll") }
            case 0x0d: column = 0
            case 0..<0x20, 0x7f..<0xa0: strange.append("C0 \(scalar.value)")
            default: show(scalar)
            }
        }
    }

    private mutating func control(_ parameters: String, final: Unicode.Scalar) {
        let numbers = parameters.split(separator: ";").map { Int($0) ?? -1 }
        let count = numbers.first ?? 1
        switch final {
        case "A": row = max(0, row - count)
        case "B": row = min(height - 1, row + count)
        case "C": column = min(width - 1, column + count)
        case "D": column = max(0, column - count)
        case "H":
            row = min(height, count) - 1
            column = min(width, numbers.count > 1 ? numbers[1] : 1) - 1
        case "J" where parameters == "2": for index in places.indices { erase(index) }
        case "K" where parameters.isEmpty: for index in row * width + column..<(row + 1) * width { erase(index) }
        case "m": select(numbers)
        case "h" where parameters == "?2026": synchronized.append(true)
        case "l" where parameters == "?2026": synchronized.append(false)
        default: strange.append(parameters + String(final))
        }
    }

    private mutating func erase(_ index: Int) {
        split(index)
        places[index] = Place(text: " ", style: Style(background: pen.background))
    }

    /// Half of a wide character does not stay alone.
    private mutating func split(_ index: Int) {
        if places[index].text.isEmpty, index % width > 0 { places[index - 1].text = " " }
        if index % width + 1 < width, places[index + 1].text.isEmpty { places[index + 1].text = " " }
    }

    private mutating func show(_ scalar: Unicode.Scalar) {
        let columns = DisplayWidth().of(scalar)
        let joins = [0x200d, 0xfe0f].contains(scalar.value) || scalar.properties.isEmojiModifier || columns == 0
        if let last, joins || isOpen(places[last].text, scalar) {
            places[last].text.unicodeScalars.append(scalar)
            if columns > 0 || scalar.value == 0xfe0f { widen(last) }
            return
        }
        put(String(scalar), columns)
    }

    /// Emoji after a joiner, and the second half of a flag.
    private func isOpen(_ text: String, _ scalar: Unicode.Scalar) -> Bool {
        if text.unicodeScalars.last?.value == 0x200d { return true }
        let flags: ClosedRange<UInt32> = 0x1f1e6...0x1f1ff
        return flags.contains(scalar.value) && text.unicodeScalars.count == 1
            && flags.contains(text.unicodeScalars.first?.value ?? 0)
    }

    private mutating func widen(_ lead: Int) {
        guard lead % width + 1 < width else { return strange.append("past the end") }
        if places[lead + 1].text.isEmpty { return }
        split(lead + 1)
        places[lead + 1] = Place(text: "", style: places[lead].style)
        column = min(width - 1, column + 1)
    }

    private mutating func put(_ text: String, _ columns: Int) {
        let index = row * width + column
        if column + columns > width { return strange.append("past the end") }
        for offset in 0..<columns {
            split(index + offset)
            places[index + offset] = Place(text: offset == 0 ? text : "", style: pen)
        }
        last = index
        // At the end of a row the cursor stays; a differ that relies on it fails here.
        column = min(width - 1, column + columns)
    }

    private mutating func select(_ codes: [Int]) {
        var rest = (codes.isEmpty ? [0] : codes)[...]
        while let code = rest.popFirst() {
            switch code {
            case 0: pen = .standard
            case 1: pen.isBold = true
            case 2: pen.isFaint = true
            case 4: pen.isUnderlined = true
            case 7: pen.isReverse = true
            case 30...39: pen.foreground = color(code - 30, &rest)
            case 40...49: pen.background = color(code - 40, &rest)
            case 90...97: pen.foreground = .ansi(UInt8(code - 82))
            case 100...107: pen.background = .ansi(UInt8(code - 92))
            default: strange.append("SGR \(code)")
            }
        }
    }

    private mutating func color(_ code: Int, _ rest: inout ArraySlice<Int>) -> Color {
        if code < 8 { return .ansi(UInt8(code)) }
        if code == 9 { return .standard }
        let kind = rest.popFirst()
        let parts = rest.prefix(kind == 5 ? 1 : 3).map { UInt8(clamping: $0) }
        rest = rest.dropFirst(parts.count)
        return parts.count == 1 ? .palette(parts[0]) : .rgb(parts[0], parts[1], parts[2])
    }

    /// The same places as a grid has, for comparing.
    static func places(of grid: CellGrid) -> [Place] {
        grid.cells.map { Place(text: $0.text, style: $0.style) }
    }
}
