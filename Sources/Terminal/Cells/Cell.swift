/// One place of the grid: what stands there, in which style, over how many columns. 24 bytes, no memory of its own.
package struct Cell: Hashable, Sendable, BitwiseCopyable {
    let cluster: Cluster
    /// The style's 56 bits, and above them the width.
    private let bits: UInt64

    package static let blank = Cell(cluster: .blank, style: .standard, width: 1)

    init(cluster: Cluster, style: Style, width: Int) {
        self.cluster = cluster
        bits = style.bits | UInt64(truncatingIfNeeded: width & 3) << 56
    }

    /// The second column of a wide cell, whose style it shares.
    static func continuation(_ style: Style) -> Cell { Cell(cluster: .none, style: style, width: 0) }

    package var style: Style { Style(bits: bits) }

    /// 1 or 2 columns; 0 for the second column of a wide cell.
    package var width: Int { Int(bits >> 56) }

    package var isContinuation: Bool { width == 0 }

    /// What it shows; "" for the second column of a wide cell.
    package var text: String { cluster.text }

    /// The same in another style.
    package func styled(_ style: Style) -> Cell { Cell(cluster: cluster, style: style, width: width) }
}
