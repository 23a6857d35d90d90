/// How far a block goes.
package struct BlockOptions: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// What is established may go on: only what begins is stopped.
    package static let newOnly = Self(rawValue: 1)
    /// Sockets and tracked connections that match are ended, too.
    package static let cut = Self(rawValue: 2)
    /// What the other end sends is stopped, too, also where it began.
    package static let bothDirections = Self(rawValue: 4)
}
