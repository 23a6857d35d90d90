package import Addressing
import CPcap
import Glibc

/// Packets as they pass an interface, or all interfaces of a network namespace, in batches. Never blocks.
///
/// Opened on a thread that stands in a namespace, it stays there and may be read on any other, by one at a time. "any" is one
/// socket for all devices of the namespace, also those that come later; its frames say interface index and direction
/// (LINKTYPE_LINUX_SLL2). While it is open, its namespace and the devices in it live on.
///
/// libpcap loses VLAN tags on "any": SLL2 has no place for them that it fills. A device captured on by name keeps them, and
/// `LiveOptions.omitsTagged` keeps "any" from showing the same packets without.
///
/// Blocks of packets come from the kernel's TPACKET_V3 ring through libpcap. packet(7), pcap(3PCAP).
package struct LiveCapture: ~Copyable, @unchecked Sendable {
    /// As it was named.
    package let interface: String

    /// The LINKTYPE_ number of its frames' first header, as registered at tcpdump.org.
    package let linkType: UInt16

    /// Its readability says that `advance()` has something to do; for poll(2). It is libpcap's, and not to be closed.
    package let descriptor: Int32

    /// How it came to its end; `nil` while there may be more.
    package private(set) var ending: LiveEnding?

    private let handle: LiveHandle
    private var frames: LiveFrames
    private var drops: InterfaceDrops?
    private var losses = LossCounter()
    private let delay: Duration
    private var isDraining = false

    /// Opens an interface of the calling thread's network namespace; "any" is all of them. `number` is what its frames will
    /// have as their interface.
    package init(
        interface: String,
        options: LiveOptions = LiveOptions(),
        number: UInt32
    ) throws(LiveCaptureError) {
        guard 64...262_144 ~= options.snapshotLength else {
            throw LiveCaptureError(interface: interface, reason: .snapshotLength(options.snapshotLength))
        }
        guard 512 << 10...1 << 30 ~= options.bufferSize else {
            throw LiveCaptureError(interface: interface, reason: .bufferSize(options.bufferSize))
        }
        // libpcap takes names such as "nflog" and "usbmon1" for sources that are no network interfaces.
        guard unsafe interface == LiveHandle.any || !interface.utf8.contains(0) && if_nametoindex(interface) != 0 else {
            throw LiveCaptureError(interface: interface, reason: .noSuchInterface)
        }
        let handle = try LiveHandle(interface: interface)
        try handle.activate(interface, options)
        let linkType = DataLink.linkType(of: unsafe pcap_datalink(handle.pointer))
        guard let frames = LiveFrames(frameLength: options.snapshotLength, interface: number, linkType: linkType) else {
            throw LiveCaptureError(interface: interface, reason: .system("no address space left"))
        }
        self.interface = interface
        self.linkType = linkType
        descriptor = handle.descriptor
        drops = interface == LiveHandle.any ? nil : InterfaceDrops(interface: interface, descriptor: descriptor)
        delay = options.delay
        self.frames = frames
        self.handle = handle
    }

    /// Whether the interface is down, and may come back.
    package var isDown: Bool { ending == nil && handle.isDown }

    /// How many milliseconds poll(2) may wait for `descriptor` before `advance()` is due all the same; -1 is for ever.
    ///
    /// Nothing wakes a reader when an interface that is down is deleted.
    package var patience: Int32 { isDown ? 100 : -1 }

    /// The frames that the last `advance()` took, valid until the next.
    package var batch: FrameBatch {
        @_lifetime(borrow self)
        get {
            let content = unsafe frames.content
            // Both buffers belong to this value and stay as they are while it is borrowed.
            let batch = unsafe FrameBatch(
                bytes: RawSpan(_unsafeBytes: content.bytes),
                frames: Span(_unsafeElements: content.frames)
            )
            return unsafe _overrideLifetime(batch, borrowing: self)
        }
    }

    /// Takes the next 1 to 64 frames; false when there are none just now, and at the end, which `ending` tells.
    ///
    /// Waits for nothing but, once, the last packets of an interface that is gone: for three times `LiveOptions.delay`.
    /// Throws when libpcap cannot read on; what was delivered before stays good.
    package mutating func advance() throws(LiveCaptureError) -> Bool {
        if ending != nil {
            frames.clear()
            return false
        }
        let status = frames.fill(from: handle)
        losses.noteCall(on: handle)
        if frames.count > 0 { return true }
        return status >= 0 ? false : try conclude()
    }

    /// After libpcap could not read on, and had delivered all that it could see.
    @inline(never) private mutating func conclude() throws(LiveCaptureError) -> Bool {
        guard handle.isGone else {
            // A device that was renamed while it was down: libpcap asks for its old name, and packets come all the same.
            if handle.isDown { return false }
            throw LiveCaptureError(interface: interface, reason: .system(handle.message))
        }
        if !isDraining {
            isDraining = true
            // The block that was being filled is not handed over before the kernel has looked at it twice.
            Self.sleep(delay * 3)
            return try advance()
        }
        ending = .gone
        return false
    }

    /// Whatever signals come meanwhile.
    private static func sleep(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        var left = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        var request = left
        while unsafe nanosleep(&request, &left) != 0, errno == EINTR { request = left }
    }

    /// What was seen and lost since it was opened.
    package mutating func statistics() -> LiveStatistics {
        losses.update(from: handle)
        var statistics = losses.statistics
        if drops != nil { statistics.droppedByInterface = drops?.count() }
        return statistics
    }
}
