package import Addressing
package import Store

/// How it goes with what is remembered.
package struct StoreHealth: Hashable, Sendable {
    /// Why nothing is written at present; nil when all is well.
    package var fault: String?
    /// Records that were written, and that could not be kept, since the agent began.
    package var written: UInt64 = 0
    package var lost: UInt64 = 0
    /// Records that wait.
    package var waiting = 0
    /// Whether all that is so is to be told again.
    package var lacksInventory = false
    /// When it was written to last.
    package var last: Timestamp?
    /// How it goes with cases; nil while there is no database.
    package var cases: CaseCondition?

    package init() {}
}
