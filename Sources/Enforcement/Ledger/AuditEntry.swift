package import Addressing
package import Containers

/// Who did what to which block, when, why, and what it had stopped until then.
package struct AuditEntry: Hashable, Sendable {
    /// What was done.
    package enum Act: Hashable, Sendable {
        case added
        case released
        /// A release that was undone: it holds again.
        case restored
        /// Its time is over.
        case timedOut
        /// Its container ended and did not come again.
        case containerEnded
        /// Its container runs again, and it goes with it.
        case followed(from: ContainerKey)
    }

    package var time: Timestamp
    package var act: Act
    package var author: BlockAuthor
    /// As it was after that, or when it ended.
    package var block: Block
    /// Whether it is one step taken back.
    package var isUndo = false
    /// What it had stopped.
    package var stopped = StoppedTraffic()

    package init(_ act: Act, _ block: Block, by author: BlockAuthor, at time: Timestamp) {
        self.act = act
        self.block = block
        self.author = author
        self.time = time
    }

    /// Whether the block is in force after it.
    package var leavesInForce: Bool {
        switch act {
        case .added, .restored, .followed: true
        case .released, .timedOut, .containerEnded: false
        }
    }
}

/// What a block has stopped, as the kernel's counters say.
package struct StoppedTraffic: Hashable, Sendable {
    package var packets: UInt64 = 0
    /// Of whole frames or packets, as the hook sees them.
    package var bytes: UInt64 = 0

    package init(packets: UInt64 = 0, bytes: UInt64 = 0) {
        self.packets = packets
        self.bytes = bytes
    }

    /// Both together; what cannot be counted any more stays at the most there is.
    package static func + (left: Self, right: Self) -> Self {
        let (packets, tooMany) = left.packets.addingReportingOverflow(right.packets)
        let (bytes, tooLarge) = left.bytes.addingReportingOverflow(right.bytes)
        return Self(packets: tooMany ? .max : packets, bytes: tooLarge ? .max : bytes)
    }
}
