/// A level of sensitivity: its place among the levels of a policy, the least first.
package struct SensitivityLevel: Hashable, Comparable, Sendable {
    /// From 0.
    package let rank: UInt8

    package init(rank: UInt8) {
        self.rank = rank
    }

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// The levels there are, by name.
package struct SensitivityLevels: Hashable, Sendable {
    /// The least sensitive first; from 2 to 16.
    package var names: [String]

    package init(_ names: [String]) {
        self.names = names
    }

    package static var standard: Self { Self(["public", "internal", "restricted"]) }

    /// The most there may be.
    package static var limit: Int { 16 }

    /// The level of a name; nil where none is called so.
    package subscript(name: String) -> SensitivityLevel? {
        names.firstIndex(of: name).map { SensitivityLevel(rank: UInt8(truncatingIfNeeded: $0)) }
    }

    /// What a level is called.
    package func name(of level: SensitivityLevel) -> String {
        Int(level.rank) < names.count ? names[Int(level.rank)] : "\(level.rank)"
    }

    /// The most sensitive.
    package var highest: SensitivityLevel { SensitivityLevel(rank: UInt8(truncatingIfNeeded: max(names.count, 1) - 1)) }
}
