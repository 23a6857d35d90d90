extension Nftables.Batch {
    /// One message of a batch: what it is about, so that a refusal can say so, and where it lies.
    struct Step: Sendable {
        /// Written out only when something is refused.
        enum Description: Hashable, Sendable {
            case addTable, deleteTable
            case addChain(String), deleteChain(String)
            case addDevices(String), deleteDevices(String)
            case addSet(String), deleteSet(String)
            case addElements(String), deleteElements(String), emptySet(String)
            case addRule(String), deleteRule(String), emptyChain(String)
            case other(String)
        }

        /// Elements that are deleted whether they are there or not.
        struct Destroyed: Sendable {
            var set: Nftables.Set
            var keys: [Nftables.Key]
        }

        let description: Description
        let family: Nftables.Family
        /// Its place in the batch as it was asked for.
        var place: Int
        /// NLM_F_* besides NLM_F_REQUEST.
        let flags: Int32
        /// Where its header begins, among the batch's bytes.
        var offset: Int
        /// Which element of those given comes first.
        var elementBase = 0
        /// Where each element begins, from the message's header on.
        var elementOffsets: [Int] = []
        /// Nil when it is no such message.
        var destroyed: Destroyed?

        /// The element that an attribute at this place belongs to, among those given; nil when none does.
        func element(at offset: Int) -> Int? {
            guard let place = elementOffsets.lastIndex(where: { $0 <= offset }) else { return nil }
            return elementBase + place
        }

        /// What was tried, in words.
        var operation: String {
            switch description {
            case .addTable: "add table \(family)"
            case .deleteTable: "delete table \(family)"
            case .addChain(let chain): "add chain \(chain) to table \(family)"
            case .deleteChain(let chain): "delete chain \(chain) of table \(family)"
            case .addDevices(let chain): "add devices to chain \(chain) of table \(family)"
            case .deleteDevices(let chain): "take devices from chain \(chain) of table \(family)"
            case .addSet(let set): "add set \(set) to table \(family)"
            case .deleteSet(let set): "delete set \(set) of table \(family)"
            case .addElements(let set): "add elements to set \(set) of table \(family)"
            case .deleteElements(let set): "delete elements of set \(set) of table \(family)"
            case .emptySet(let set): "empty set \(set) of table \(family)"
            case .addRule(let chain): "add a rule to chain \(chain) of table \(family)"
            case .deleteRule(let chain): "delete a rule of chain \(chain) of table \(family)"
            case .emptyChain(let chain): "delete the rules of chain \(chain) of table \(family)"
            case .other(let operation): operation
            }
        }
    }
}
