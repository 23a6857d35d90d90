/// What this process takes. Nil is not known.
package struct ProcessFacts: Hashable, Sendable {
    package var residentBytes: UInt64?
    package var threads: UInt64?
    package var descriptors: UInt64?

    package init() {}
}
