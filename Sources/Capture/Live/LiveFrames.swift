import Addressing
import CLinux
import CPcap

/// What one call of pcap_dispatch(3PCAP) delivered: bytes copied one behind the other, and a frame for each.
///
/// libpcap promises the bytes it hands to a callback until the callback returns, and means it: with the last packet of a
/// block the block goes back to the kernel before pcap_dispatch does. So they are copied, which also brings them near.
@safe struct LiveFrames: ~Copyable {
    /// What the callback writes to; it must not move while a call is under way.
    @unsafe struct Room {
        let bytes: UnsafeMutableRawPointer
        let frames: UnsafeMutablePointer<Frame>
        /// Bytes taken so far.
        var used = 0
        var count = 0
        /// The most bytes a frame keeps.
        let limit: Int
        let interface: UInt32
        let linkType: UInt16
    }

    private let room: UnsafeMutablePointer<Room>
    private let capacity: Int

    /// Room for a whole batch of frames of so many bytes; `nil` when there is no address space. Only pages that are written
    /// to become memory.
    init?(frameLength: Int, interface: UInt32, linkType: UInt16) {
        capacity = FrameBatch.maximumCount * Self.aligned(frameLength)
        guard let bytes = unsafe CLinux_reserve(capacity, false) else { return nil }
        unsafe room = .allocate(capacity: 1)
        unsafe room.initialize(
            to: Room(
                bytes: bytes,
                frames: .allocate(capacity: FrameBatch.maximumCount),
                limit: frameLength,
                interface: interface,
                linkType: linkType
            )
        )
    }

    deinit {
        unsafe CLinux_release(room.pointee.bytes, capacity)
        unsafe room.pointee.frames.deallocate()
        unsafe room.deallocate()
    }

    /// Frames in it; at most `FrameBatch.maximumCount`.
    var count: Int { unsafe room.pointee.count }

    /// Forgets what is there.
    mutating func clear() {
        unsafe room.pointee.used = 0
        unsafe room.pointee.count = 0
    }

    /// Forgets what is there and takes the next packets from the handle; what pcap_dispatch returned.
    mutating func fill(from handle: borrowing LiveHandle) -> Int32 {
        clear()
        return unsafe pcap_dispatch(
            handle.pointer,
            Int32(FrameBatch.maximumCount),
            { context, header, bytes in
                guard let context = unsafe context, let header = unsafe header, let bytes = unsafe bytes else { return }
                unsafe UnsafeMutableRawPointer(context).assumingMemoryBound(to: Room.self).pointee
                    .take(header.pointee, UnsafeRawPointer(bytes))
            },
            UnsafeMutableRawPointer(room).assumingMemoryBound(to: UInt8.self)
        )
    }

    /// The frames and the bytes they lie in; they stay as they are until the next `fill`.
    var content: (bytes: UnsafeRawBufferPointer, frames: UnsafeBufferPointer<Frame>) {
        unsafe (
            UnsafeRawBufferPointer(start: room.pointee.bytes, count: room.pointee.used),
            UnsafeBufferPointer(start: room.pointee.frames, count: room.pointee.count)
        )
    }

    /// Frames begin at a fresh cache line: copying and reading whole lines is cheapest.
    @inline(__always) static func aligned(_ length: Int) -> Int { (length &+ 63) & ~63 }
}

extension LiveFrames.Room {
    /// Copies a packet. There is room for `FrameBatch.maximumCount` of `limit` bytes; pcap_dispatch is asked for no more.
    @inline(__always) mutating func take(_ header: pcap_pkthdr, _ source: UnsafeRawPointer) {
        guard unsafe count < FrameBatch.maximumCount else { return }
        let captured = unsafe min(Int(header.caplen), limit)
        unsafe (bytes + used).copyMemory(from: source, byteCount: captured)
        // The handle was opened with nanoseconds in the field for microseconds.
        let time = Int64(header.ts.tv_sec) &* 1_000_000_000 &+ Int64(header.ts.tv_usec)
        unsafe (frames + count).initialize(
            to: Frame(
                offset: used,
                time: Timestamp(nanoseconds: time),
                capturedLength: UInt32(truncatingIfNeeded: captured),
                wireLength: max(header.len, UInt32(truncatingIfNeeded: captured)),
                interface: interface,
                linkType: linkType
            )
        )
        unsafe count &+= 1
        unsafe used &+= LiveFrames.aligned(captured)
    }
}
