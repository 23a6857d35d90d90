/// Which end of a flow a filter asks of.
package enum FilterSide: String, Hashable, Sendable, CaseIterable {
    /// Whether one of them is so; the other may be, too.
    case either = ""
    /// Who began.
    case source = "from-"
    /// Who was asked.
    case destination = "to-"
}
