package import Addressing

/// Who may go outside, and where to.
package struct EgressRule: Hashable, Sendable {
    /// Who; nil for everybody.
    package var source: Selector?
    /// Of which level; nil for any.
    package var level: SensitivityLevel?
    /// Where to: blocks of addresses, and domains with all below them. None of either: anywhere.
    package var blocks: [IPPrefix] = []
    package var domains: [String] = []
    package var traffic = Traffic()

    package init() {}

    /// Whether it is about every place outside.
    package var goesAnywhere: Bool { blocks.isEmpty && domains.isEmpty }

    /// The most rules there may be, and places of one.
    package static var limit: Int { 4096 }
    package static var placeLimit: Int { 256 }
}
