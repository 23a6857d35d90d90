/// The bounds that keep a length in a hostile file from becoming memory.
enum CaptureBounds {
    /// The longest frame; BIG TCP makes 512 KiB, and anything past this is a broken file.
    static var frameLength: Int { 16 << 20 }

    /// The longest pcapng block that is looked into: a frame and its options.
    static var blockLength: Int { 17 << 20 }

    /// The longest note of a recording, with its block.
    static var noteLength: Int { 2 << 20 }

    /// Bytes of the notes between two batches of frames.
    static var notes: Int { 64 << 20 }

    /// Bytes of the notes that a filter, which holds back the frames between them, lets add up.
    static var filteredNotes: Int { 4 << 20 }

    /// Interfaces of one file, over all its sections.
    static var interfaces: Int { 131_072 }

    /// Resolved names kept of one file.
    static var names: Int { 4096 }

    /// Bytes kept of a name that a file gives.
    static var nameLength: Int { 255 }
}
