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
