/// What a text or line is, by which it gets its colour. Each is told by shape, letter or word as well: colour is never the only carrier.
package enum Role: CaseIterable, Hashable, Sendable {
    /// What most is.
    case plain
    /// Who is outside.
    case outside
    case lowestLevel, middleLevel, highestLevel
    /// An undeclared crossing, a critical alert, an error.
    case crossing
    /// An alert or a warning.
    case warning
    /// What is new, and what is well.
    case new
    /// What need not be read: quiet lines, rules, units.
    case quiet
    /// A heading.
    case heading
    /// What is chosen.
    case selected
}
