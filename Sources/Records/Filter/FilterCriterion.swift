/// One thing that can be asked of flows, such as a port, and its value. A type, and a file, for each kind; `FilterVocabulary`
/// lists them.
///
/// A plain value: whoever can use it another way than by looking at flows, such as a query of stored ones, reads it.
package protocol FilterCriterion: Hashable, Sendable, CustomStringConvertible {
    /// What people call it: `port` for `--port` and `port=53`.
    static var word: String { get }

    /// Whether it can be asked of one end alone: `from-port`, `to-port`.
    static var hasEnds: Bool { get }

    /// Reads a value as a person writes it; `description` is what it reads the same again.
    init(value: String) throws(FilterValueError)

    /// Whether nothing can be said of it without an identity journal.
    var needsJournal: Bool { get }

    /// Whether a flow is so, as far as is known: what is not known is not so.
    func holds(of flow: FilteredFlow, at side: FilterSide) -> Bool
}

/// What is asked of an end of a flow, or of either.
package protocol EndCriterion: FilterCriterion {
    /// Whether an end is so.
    func holds(of end: FilteredEnd) -> Bool
}

extension EndCriterion {
    package static var hasEnds: Bool { true }

    package func holds(of flow: FilteredFlow, at side: FilterSide) -> Bool {
        switch side {
        case .either: holds(of: flow.source) || holds(of: flow.destination)
        case .source: holds(of: flow.source)
        case .destination: holds(of: flow.destination)
        }
    }
}

extension FilterCriterion {
    func isEqual(to other: any FilterCriterion) -> Bool { other as? Self == self }
}
