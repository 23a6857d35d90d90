import CMnl

extension Nftables {
    /// Changes that the kernel makes all at once or not at all: `NetlinkSocket.commit`.
    ///
    /// They apply in order. Of any size: the kernel holds it as one message, as long as it is being applied.
    package struct Batch: Sendable {
        private(set) var writer = MessageWriter()
        private(set) var steps: [Step] = []
        private var setNumber: UInt32 = 0
        /// The table that what is added belongs to. Another than ours only where nothing is ever committed.
        let table: String

        package init() {
            self.init(table: Nftables.table)
        }

        init(table: String) {
            self.table = table
        }

        package var isEmpty: Bool { steps.isEmpty }

        /// How many messages it has; a refusal tells which one was meant.
        package var count: Int { steps.count }

        /// Bytes on the way to the kernel, without the frame.
        package var byteCount: Int { writer.bytes.count }

        /// Adds a message about our table of a family. `flags` are NLM_F_* besides NLM_F_REQUEST.
        mutating func step(
            _ message: nf_tables_msg_types,
            flags: Int32 = 0,
            _ description: Step.Description,
            in family: Family,
            _ body: (inout MessageWriter) -> Void = { _ in }
        ) {
            steps.append(Step(description: description, family: family, offset: writer.bytes.count, flags: flags))
            let table = table
            let type = Message.type(message)
            writer.message(type, flags: NLM_F_REQUEST | flags, family: family.rawValue) { (writer) in
                // The same number as NFTA_CHAIN_TABLE, NFTA_SET_TABLE, NFTA_SET_ELEM_LIST_TABLE and NFTA_RULE_TABLE.
                writer.put(NFTA_TABLE_NAME, table)
                body(&writer)
            }
        }

        /// A number for a set that no other in the batch has.
        mutating func nextSetNumber() -> UInt32 {
            setNumber += 1
            return setNumber
        }

        /// Remembers where the elements of the last message begin, of which the first is `base` in its list.
        mutating func noteElements(startingWith base: Int, at offsets: [Int]) {
            guard !steps.isEmpty else { return }
            steps[steps.count - 1].elementBase = base
            steps[steps.count - 1].elementOffsets = offsets
        }
    }
}
