import CZlib

/// Unpacks gzip as it is read, one member after another (RFC 1952).
@safe struct GzipInflater: ~Copyable {
    /// Why no more bytes come.
    enum Ending {
        case complete
        /// The packed bytes stop inside a member.
        case endsEarly
        case damaged
    }

    /// `nil` while there may be more.
    private(set) var ending: Ending?

    /// On the heap because zlib keeps a pointer back to it.
    private let stream: UnsafeMutablePointer<z_stream>

    private let input: UnsafeMutableRawBufferPointer
    private var isBetweenMembers = false

    /// The last call filled its target, so that zlib may hold more without being given more to read.
    private var mayHoldMore = false

    /// Begins with packed bytes that were already read from the source.
    init(packed: UnsafeRawBufferPointer) {
        unsafe input = .allocate(byteCount: max(packed.count, 64 << 10), alignment: 64)
        unsafe input.copyMemory(from: packed)
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15 bits is the largest window, 16 more ask for gzip's header and checksum.
        if unsafe CZlib_inflateInit2(stream, 15 + 16) != Z_OK { ending = .damaged }
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = UInt32(packed.count)
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
        unsafe input.deallocate()
    }

    /// Puts unpacked bytes into `target`; 0 when there are no more, and `ending` says why.
    mutating func read(
        into target: UnsafeMutableRawBufferPointer,
        from source: inout ByteSource
    ) throws(CaptureError) -> Int {
        unsafe stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = UInt32(clamping: target.count)
        while ending == nil {
            if unsafe stream.pointee.avail_in == 0, !mayHoldMore {
                let produced = unsafe target.count - Int(stream.pointee.avail_out)
                if produced > 0 { return produced }
                try refill(from: &source)
                continue
            }
            if isBetweenMembers, !beginMember() { break }
            let result = unsafe inflate(stream, Z_NO_FLUSH)
            mayHoldMore = unsafe result != Z_STREAM_END && stream.pointee.avail_out == 0
            switch result {
            case Z_OK, Z_BUF_ERROR:
                if mayHoldMore { return target.count }
            case Z_STREAM_END: isBetweenMembers = true
            default: ending = .damaged
            }
        }
        return unsafe target.count - Int(stream.pointee.avail_out)
    }

    private mutating func refill(from source: inout ByteSource) throws(CaptureError) {
        let count = try unsafe source.read(into: input)
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = UInt32(clamping: count)
        if count == 0 { ending = isBetweenMembers ? .complete : .endsEarly }
    }

    /// What follows a member is another, or padding that gzip(1) passes over as well.
    private mutating func beginMember() -> Bool {
        guard unsafe stream.pointee.next_in.pointee == 0x1f, unsafe inflateReset(stream) == Z_OK else {
            ending = .complete
            return false
        }
        isBetweenMembers = false
        return true
    }
}
