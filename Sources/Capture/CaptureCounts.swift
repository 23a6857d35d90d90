/// What a file reader met beside the frames it delivered.
package struct CaptureCounts: Hashable, Sendable {
    /// Frames delivered.
    package var frames: UInt64 = 0

    /// Packets whose interface was never described, so that nobody knows what their bytes are.
    package var unknownInterface: UInt64 = 0

    /// Blocks whose lengths contradict each other; the next block was read all the same.
    package var damagedBlocks: UInt64 = 0

    /// Comments on packets, interfaces and sections.
    package var comments: UInt64 = 0

    /// Packets the writer says were lost before the ones it wrote (`epb_dropcount`, and the old packet block's).
    ///
    /// `nil` when no packet says so.
    package var lostBetweenPackets: UInt64?

    /// Names that did not fit any more into the table of resolved names.
    package var namesRefused: UInt64 = 0

    /// Interfaces past the bound; their packets count as `unknownInterface`.
    package var interfacesRefused: UInt64 = 0

    /// Custom blocks, with and without permission to copy.
    package var customBlocks: UInt64 = 0

    /// Notes of recordings, which are not among the custom blocks.
    package var notes: UInt64 = 0

    /// Notes for which there was no room between two batches of frames.
    package var notesRefused: UInt64 = 0

    /// Decryption secrets blocks.
    package var secretsBlocks: UInt64 = 0

    /// Blocks of any other kind: journal entries, events, and kinds registered after this was written.
    package var otherBlocks: UInt64 = 0

    package init() {}

    /// Adds what another file's reader met.
    package mutating func add(_ other: Self) {
        frames &+= other.frames
        unknownInterface &+= other.unknownInterface
        damagedBlocks &+= other.damagedBlocks
        comments &+= other.comments
        if let lost = other.lostBetweenPackets { lostBetweenPackets = (lostBetweenPackets ?? 0) &+ lost }
        namesRefused &+= other.namesRefused
        interfacesRefused &+= other.interfacesRefused
        customBlocks &+= other.customBlocks
        notes &+= other.notes
        notesRefused &+= other.notesRefused
        secretsBlocks &+= other.secretsBlocks
        otherBlocks &+= other.otherBlocks
    }
}
