/// How a graph can be made to fit: folded to a rung, and with or without a row for each of those that say the same.
package struct Folding: Hashable, Sendable {
    package var rung: Rung
    package var joinsTwins = false

    package init(_ rung: Rung, joinsTwins: Bool = false) {
        self.rung = rung
        self.joinsTwins = joinsTwins
    }
}

/// How what is drawn fares in its place.
package enum Fit: Comparable, Sendable {
    case no
    /// There is room for all rows, and one must look along them.
    case high
    case whole
}
