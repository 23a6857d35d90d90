/// The value of a key as a file spells it.
package enum WrittenValue: Hashable, Sendable {
    case number(Int)
    /// Sizes, times and addresses are texts, too.
    case text(String)
    case list([WrittenValue])
}

extension WrittenValue: CustomStringConvertible {
    /// On one line, as it may stand in a file.
    package var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(""): "\"\""
        case .text(let text): text
        case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
        }
    }
}
