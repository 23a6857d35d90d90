/// Room for the packets of one batch of frames, used again for every batch.
///
/// Owns its memory. A pointer, as an inline array in a structure is copied whole where the optimizer cannot prove that it
/// need not be: 8 KiB a packet. Safe: an index beyond the room traps.
@safe public struct PacketBatch: ~Copyable {
    @usableFromInline let storage: UnsafeMutablePointer<Packet>

    /// How many of them are valid.
    public internal(set) var count = 0

    /// Whether any of them tells something besides being part of a flow.
    public internal(set) var hasSightings = false

    /// The most packets it holds: as many as a batch has frames.
    @inlinable public static var capacity: Int { 64 }

    public init() {
        unsafe storage = UnsafeMutablePointer<Packet>.allocate(capacity: Self.capacity)
        unsafe storage.initialize(repeating: Packet(), count: Self.capacity)
    }

    deinit {
        unsafe storage.deallocate()
    }

    /// Where one of the packets lies, for those who read a few of its fields; good as long as the batch.
    @inlinable @inline(__always)
    @unsafe public func address(of index: Int) -> UnsafePointer<Packet> {
        precondition(index >= 0 && index < Self.capacity)
        return unsafe UnsafePointer(storage + index)
    }

    /// One of the packets; meaningful below `count`.
    @inlinable public subscript(_ index: Int) -> Packet {
        @inline(__always)
        unsafeAddress {
            precondition(index >= 0 && index < Self.capacity)
            return unsafe UnsafePointer(storage + index)
        }
        @inline(__always)
        unsafeMutableAddress {
            precondition(index >= 0 && index < Self.capacity)
            return unsafe storage + index
        }
    }
}
