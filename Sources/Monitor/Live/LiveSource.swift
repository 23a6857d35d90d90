import Addressing
import Capture
import Containers
import Wire

/// One open capture, by reference: several are kept in a list.
final class LiveSource: FrameSource {
    var capture: LiveCapture
    /// What its frames have as their interface.
    let number: UInt32
    let namespace: NetworkNamespace
    /// Whether it sees all interfaces of its namespace.
    let seesAll: Bool
    /// Frames taken from it.
    private(set) var taken: UInt64 = 0
    /// What libpcap left out of what the kernel counted: packets of the loopback as they were sent, which are taken as they arrive.
    private(set) var looped: UInt64 = 0
    /// What was counted when losses were looked at last.
    var counted = LiveStatistics()
    var hasFailed = false

    init(_ capture: consuming LiveCapture, number: UInt32, namespace: NetworkNamespace, seesAll: Bool) {
        self.capture = capture
        self.number = number
        self.namespace = namespace
        self.seesAll = seesAll
    }

    var isOver: Bool { hasFailed || capture.ending != nil }

    func take(_ body: (borrowing FrameBatch) -> Void) throws(LiveCaptureError) -> Bool {
        guard try capture.advance() else { return false }
        taken &+= UInt64(capture.batch.frames.count)
        if seesAll {
            looped &+= Self.looped(capture.batch)
        } else if capture.interface == "lo" {
            looped = taken
        }
        Self.hand(capture, to: body)
        return true
    }

    /// A call of its own, for the access to the batch's owner to last as long.
    private static func hand(_ capture: borrowing LiveCapture, to body: (borrowing FrameBatch) -> Void) {
        body(capture.batch)
    }

    /// Frames of the loopback, whose index is 1 in every namespace; LINKTYPE_LINUX_SLL2 has the index at its fourth byte.
    private static func looped(_ batch: borrowing FrameBatch) -> UInt64 {
        var count: UInt64 = 0
        for index in 0..<batch.frames.count {
            let frame = batch.frames[index]
            guard frame.linkType == 276, frame.capturedLength >= 8 else { continue }
            if batch.bytes(of: frame).bigEndian(UInt32.self, at: 4) == 1 { count &+= 1 }
        }
        return count
    }
}
