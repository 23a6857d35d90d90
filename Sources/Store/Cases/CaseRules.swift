/// What becomes a case, and how much all of them may keep.
package struct CaseRules: Hashable, Sendable {
    /// Below it, of 0 to 100, no alert makes a case.
    package var severity = 40
    /// Bytes that all cases together may keep past their time, about.
    package var size: UInt64 = 1 << 30
    /// Cases that nobody let go, at most.
    package var count = 64

    package init() {}

    /// The share of one: whoever makes much traffic must not leave the others nothing.
    var each: UInt64 { max(1, size / 4) }
    /// The least room with which another is opened.
    var least: UInt64 { max(1, size / 64) }
}
