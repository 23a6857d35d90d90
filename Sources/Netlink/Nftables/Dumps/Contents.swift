extension Nftables {
    /// All that stands in our table of a family, at one moment.
    package struct Contents: Hashable, Sendable {
        package var table: Table
        package var chains: [Chain]
        /// By the name of their chain, in order.
        package var rules: [String: [Rule]]
        package var sets: [Set]
        /// By the name of their set, in no order.
        package var elements: [String: [Element]]
        /// How often anybody changed the rules of the namespace before: for `NetlinkSocket.commit`.
        package var generation: UInt32

        package init(
            table: Table,
            chains: [Chain] = [],
            rules: [String: [Rule]] = [:],
            sets: [Set] = [],
            elements: [String: [Element]] = [:],
            generation: UInt32 = 0
        ) {
            self.table = table
            self.chains = chains
            self.rules = rules
            self.sets = sets
            self.elements = elements
            self.generation = generation
        }
    }

    /// A table of anybody.
    package struct TableName: Hashable, Sendable {
        package var name: String
        /// What is known of it; its comment and flags are its owner's affair.
        package var table: Table
    }
}
