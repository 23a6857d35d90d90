package import Addressing

/// The layer-2 network of an end: a VNI or VLAN by its number, or a bridge by its name.
package struct SegmentCriterion: EndCriterion {
    package let pattern: NamePattern
    /// When it can be one: a bridge may be called by a number, too.
    package let identifier: UInt32?

    package static var word: String { "segment" }

    package init(value: String) {
        pattern = NamePattern(value)
        identifier = value.utf8.allSatisfy { 0x30...0x39 ~= $0 } ? UInt32(value) : nil
    }

    package var description: String { pattern.text }

    /// Bridges are known from there alone.
    package var needsJournal: Bool { identifier == nil }

    package func holds(of end: FilteredEnd) -> Bool {
        if let identifier, end.segment == identifier { return true }
        return pattern.matches(end.bridge)
    }
}
