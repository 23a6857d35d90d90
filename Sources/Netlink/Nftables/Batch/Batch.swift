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
            let step = Step(
                description: description,
                family: family,
                place: steps.count,
                flags: flags,
                offset: writer.bytes.count
            )
            steps.append(step)
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

        /// Remembers that the message at a place deletes its part of some elements, whether they are there or not.
        mutating func noteDestroyed(elements keys: [Key], of set: Set, in place: Int) {
            let range = steps[place].elementBase..<steps[place].elementBase + steps[place].elementOffsets.count
            steps[place].destroyed = .init(set: set, keys: Array(keys[range]))
        }

        /// Puts a message of another batch behind, as it is, for the place that it has there.
        mutating func append(_ step: Step, of other: Self, at place: Int) {
            let end = place + 1 < other.steps.count ? other.steps[place + 1].offset : other.writer.bytes.count
            var step = step
            let bytes = other.writer.bytes[step.offset..<end]
            step.offset = writer.bytes.count
            writer.append(bytes)
            steps.append(step)
        }

        /// Sets which places of the batch as it was asked for the messages from one on are about.
        mutating func setPlace(_ place: Int, from first: Int) {
            for index in first..<steps.count { steps[index].place = place }
        }
    }
}
