/// What a cell of the chart shows: arms to its neighbours, each with a class, or an arrowhead.
package struct InkCell: Hashable, Sendable {
    package enum Head: UInt8, Hashable, Sendable {
        case none
        /// `►`
        case right
        /// `◄`
        case left
        /// `#`, in place of `►`: what comes here is dropped.
        case dropped
    }

    /// Four bits for each side.
    private var arms: UInt16 = 0
    package internal(set) var head = Head.none
    /// A line passes beneath, or joins: for counting.
    var isGap = false
    var isMerge = false

    package init() {}

    package var isEmpty: Bool { arms == 0 && head == .none }

    package subscript(side: InkSide) -> LineClass? {
        LineClass(rawValue: UInt8(truncatingIfNeeded: arms >> side.shift & 15))
    }

    package func has(_ side: InkSide) -> Bool { arms >> side.shift & 15 != 0 }

    /// The strongest class of its arms.
    package var strength: LineClass {
        let strongest = max(max(arms & 15, arms >> 4 & 15), max(arms >> 8 & 15, arms >> 12))
        return LineClass(rawValue: UInt8(strongest)) ?? .gone
    }

    mutating func add(_ side: InkSide, _ strength: LineClass) {
        guard arms >> side.shift & 15 < UInt16(strength.rawValue) else { return }
        arms = arms & ~(15 << side.shift) | UInt16(strength.rawValue) << side.shift
    }
}

/// A side of a cell.
package enum InkSide: UInt8, Hashable, Sendable, CaseIterable {
    case up, down, left, right

    var shift: UInt16 { UInt16(rawValue) * 4 }

    var opposite: Self {
        switch self {
        case .up: .down
        case .down: .up
        case .left: .right
        case .right: .left
        }
    }

    /// From one corner of a line to the next.
    init(from start: ChartPoint, to end: ChartPoint) {
        if start.y == end.y { self = end.x >= start.x ? .right : .left } else { self = end.y > start.y ? .down : .up }
    }

    func next(_ point: ChartPoint) -> ChartPoint {
        switch self {
        case .up: ChartPoint(x: point.x, y: point.y - 1)
        case .down: ChartPoint(x: point.x, y: point.y + 1)
        case .left: ChartPoint(x: point.x - 1, y: point.y)
        case .right: ChartPoint(x: point.x + 1, y: point.y)
        }
    }
}
