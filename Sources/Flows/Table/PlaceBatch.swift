import Addressing

/// Where a packet is: the scope its addresses mean something in, and the point it was seen at.
struct PacketPlace: BitwiseCopyable {
    var scope: UInt32
    var point: UInt16
    /// The entry it most likely belongs to; -1 when there is none.
    var candidate: Int32 = -1
}

/// The places of one batch of packets. Owns its memory; an index beyond it traps.
@safe struct PlaceBatch: ~Copyable {
    private let storage: UnsafeMutablePointer<PacketPlace>

    init() {
        unsafe storage = .allocate(capacity: FrameBatch.maximumCount)
        unsafe storage.initialize(repeating: PacketPlace(scope: 0, point: 0), count: FrameBatch.maximumCount)
    }

    deinit {
        unsafe storage.deallocate()
    }

    subscript(_ index: Int) -> PacketPlace {
        @inline(__always)
        unsafeAddress {
            precondition(index >= 0 && index < FrameBatch.maximumCount)
            return unsafe UnsafePointer(storage + index)
        }
        @inline(__always)
        unsafeMutableAddress {
            precondition(index >= 0 && index < FrameBatch.maximumCount)
            return unsafe storage + index
        }
    }
}
