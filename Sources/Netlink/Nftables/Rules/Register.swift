extension Nftables {
    /// One of the sixteen places of four bytes that a rule works in. What is longer takes several, one after another.
    package struct Register: Hashable, Sendable {
        /// 0 to 15.
        package let index: UInt32

        package static var count: UInt32 { 16 }

        /// Nil past the last.
        package init?(_ index: UInt32) {
            guard index < Self.count else { return nil }
            self.index = index
        }

        private init(known index: UInt32) {
            self.index = index
        }

        package static var first: Self { Self(known: 0) }
    }
}
