/// A declared interface between two levels: where one may call the other. NIST SP 800-190, section 4.3.3
package struct LevelInterface: Hashable, Sendable {
    /// Who may begin.
    package enum Direction: String, Hashable, Sendable, CaseIterable {
        /// The one at `from` alone.
        case oneWay = "one_way"
        case both
    }

    package var from: SensitivityLevel
    package var to: SensitivityLevel
    package var traffic = Traffic()
    package var direction = Direction.oneWay
    /// Who of the one level, and who of the other; nil for all of them.
    package var source: Selector?
    package var destination: Selector?

    package init(from: SensitivityLevel, to: SensitivityLevel) {
        self.from = from
        self.to = to
    }

    /// The most there may be.
    package static var limit: Int { 4096 }
}
