extension Nftables {
    /// What is done with which packets: `Rule(.version(.v4), .lookup([.ipSource], in: "blocked"), .counter, .drop)`.
    package struct Rule: Hashable, Sendable {
        package var expressions: [Expression]
        /// Text of 127 bytes at most; longer is cut, and what would break nft(8)'s quotes is replaced.
        package private(set) var comment: String?
        /// The kernel's number for it, by which it is deleted; nil for one that shall stand.
        package var handle: UInt64?

        package init(expressions: [Expression], comment: String? = nil) {
            self.expressions = expressions
            self.comment = Nftables.comment(comment)
        }

        package init(_ statements: Statement..., comment: String? = nil) {
            self.init(expressions: statements.flatMap(\.expressions), comment: comment)
        }

        /// The same as it was asked for: without what only the kernel knows, and nothing counted.
        package var declared: Self {
            let expressions = expressions.map { (expression) -> Expression in
                if case .counter = expression { .counter(Counter()) } else { expression }
            }
            return Self(expressions: expressions, comment: comment)
        }

        /// What its first counter has counted; nil when it has none.
        package var counter: Counter? {
            for case .counter(let counter) in expressions { return counter }
            return nil
        }
    }
}
