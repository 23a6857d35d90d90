/// The shortest bytes that bring the cursor from one place to another.
struct CursorMove {
    let fromRow: Int
    let fromColumn: Int
    let toRow: Int
    let toColumn: Int

    private enum Across {
        case stay
        /// One byte each.
        case backspaces(Int)
        case right(Int)
        case left(Int)
        /// To the first column, then right.
        case start(Int)

        var cost: Int {
            switch self {
            case .stay: 0
            case .backspaces(let count): count
            case .right(let count), .left(let count): CursorMove.controlCost(count)
            case .start(let count): count == 0 ? 1 : 1 + CursorMove.controlCost(count)
            }
        }
    }

    /// `ESC [ n X`; n is left out when it is 1.
    private static func controlCost(_ count: Int) -> Int { count == 1 ? 3 : 3 + count.decimalDigits }

    static func absoluteCost(row: Int, column: Int) -> Int {
        if column == 0 { return row == 0 ? 3 : 3 + (row + 1).decimalDigits }
        return 4 + (row + 1).decimalDigits + (column + 1).decimalDigits
    }

    private var across: Across {
        let delta = toColumn - fromColumn
        if delta == 0 { return .stay }
        var best: Across = delta > 0 ? .right(delta) : delta >= -3 ? .backspaces(-delta) : .left(-delta)
        if Across.start(toColumn).cost < best.cost { best = .start(toColumn) }
        return best
    }

    /// A line feed never scrolls here: the row below exists.
    private var downCost: Int {
        let delta = toRow - fromRow
        return delta == 0 ? 0 : delta > 0 && delta <= 3 ? delta : Self.controlCost(abs(delta))
    }

    var cost: Int {
        min(across.cost + downCost, Self.absoluteCost(row: toRow, column: toColumn))
    }

    func append(to bytes: inout [UInt8]) {
        let across = across
        guard across.cost + downCost < Self.absoluteCost(row: toRow, column: toColumn) else {
            Self.appendAbsolute(row: toRow, column: toColumn, to: &bytes)
            return
        }
        let delta = toRow - fromRow
        switch delta {
        case 0: break
        case 1...3: for _ in 0..<delta { bytes.append(0x0a) }
        default: bytes.appendControl(abs(delta) == 1 ? nil : abs(delta), final: delta > 0 ? 0x42 : 0x41)
        }
        switch across {
        case .stay: break
        case .backspaces(let count): for _ in 0..<count { bytes.append(0x08) }
        case .right(let count): bytes.appendControl(count == 1 ? nil : count, final: 0x43)
        case .left(let count): bytes.appendControl(count == 1 ? nil : count, final: 0x44)
        case .start(let count):
            bytes.append(0x0d)
            if count > 0 { bytes.appendControl(count == 1 ? nil : count, final: 0x43) }
        }
    }

    static func appendAbsolute(row: Int, column: Int, to bytes: inout [UInt8]) {
        if column == 0 {
            bytes.appendControl(row == 0 ? nil : row + 1, final: 0x48)
        } else {
            bytes.appendControl(row + 1, column + 1, final: 0x48)
        }
    }
}
