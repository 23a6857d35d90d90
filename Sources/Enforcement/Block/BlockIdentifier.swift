/// The number of a block: counted from 1, never given twice, and what stands in the comments of its elements in the kernel.
package struct BlockIdentifier: Hashable, Comparable, Sendable {
    package var number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension BlockIdentifier: LosslessStringConvertible {
    /// As it stands in comments: `#17`.
    package var description: String { "#\(number)" }

    /// Reads what `description` wrote; nil for anything else.
    package init?(_ description: String) {
        guard description.first == "#", let number = UInt64(description.dropFirst()), number > 0 else { return nil }
        self.init(number)
    }
}
