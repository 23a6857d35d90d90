/// How strongly a line is drawn. A cell takes the strongest class of what passes through it, so the order matters.
package enum LineClass: UInt8, Hashable, Comparable, CaseIterable, Sendable {
    /// Nothing went for a while, or only in the earlier of two windows.
    case gone = 1
    /// Less than 1/40 of the heaviest drawn line.
    case quiet
    case normal
    /// At least a quarter of the heaviest.
    case busy
    /// An undeclared flow between levels, whatever it carries.
    case crossing

    static let busyShare = 1.0 / 4
    static let normalShare = 1.0 / 40

    /// Of a line that carries such a share of what the heaviest does.
    package init(share: Double) {
        self = share >= Self.busyShare ? .busy : share >= Self.normalShare ? .normal : .quiet
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
