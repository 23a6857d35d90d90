/// Why a record loop came back.
enum ReadStep {
    /// The batch is full.
    case full

    /// The next record is not whole: this many bytes from its start would be.
    case needs(Int)

    /// The next block is of no interest and not whole: this many bytes are to be passed over.
    case skips(UInt64)

    /// The bytes contradict the format; the reason is one line.
    case malformed(String)
}

/// The bounds that keep a length in a hostile file from becoming memory.
enum CaptureBounds {
    /// The longest frame; BIG TCP makes 512 KiB, and anything past this is a broken file.
    static var frameLength: Int { 16 << 20 }

    /// The longest pcapng block that is looked into: a frame and its options.
    static var blockLength: Int { 17 << 20 }

    /// Interfaces of one file, over all its sections.
    static var interfaces: Int { 131_072 }

    /// Resolved names kept of one file.
    static var names: Int { 4096 }

    /// Bytes kept of a name that a file gives.
    static var nameLength: Int { 255 }
}
