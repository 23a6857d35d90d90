import Glibc
import Testing

/// A packet socket on a device of a namespace: sends frames as they are, and reads what comes. packet(7)
final class FrameSocket {
    private let descriptor: Int32

    init(_ device: String, in space: KernelSpace) throws {
        let everything = UInt16(0x0003).bigEndian
        let (descriptor, index) = try space.perform {
            let flags = Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue)
            return (socket(AF_PACKET, flags, Int32(everything)), unsafe if_nametoindex(device))
        }
        try #require(descriptor >= 0 && index > 0, "needs CAP_NET_RAW")
        self.descriptor = descriptor
        // struct sockaddr_ll, of which only family, protocol and index count here.
        var place = [UInt8](repeating: 0, count: 20)
        place.replaceSubrange(0..<2, with: Self.octets(UInt16(AF_PACKET)))
        place.replaceSubrange(2..<4, with: Self.octets(everything))
        place.replaceSubrange(4..<8, with: Self.octets(index))
        let isBound = unsafe place.withUnsafeBytes { place in
            let address = unsafe place.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe bind(descriptor, address, socklen_t(place.count))
        }
        try #require(isBound == 0, "errno \(errno)")
    }

    deinit {
        close(descriptor)
    }

    private static func octets<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        unsafe withUnsafeBytes(of: number) { unsafe Array($0) }
    }

    func send(_ frame: [UInt8]) throws {
        let sent = unsafe Glibc.send(descriptor, frame, frame.count, 0)
        try #require(sent == frame.count, "errno \(errno)")
    }

    /// Which packets arrive, told by their last 24 bytes, until each has or is counted as stopped: the ways of what passes and of what does
    /// not are of different lengths, and processors. So many are waited for in any case, for 20 s, as other packets are counted, too.
    func arriving(
        _ packets: [[UInt8]],
        atLeast wanted: Int = 0,
        stoppedIn space: KernelSpace,
        sending: ([UInt8]) throws -> Void
    ) throws -> [Bool] {
        let before = try space.stopped()
        for packet in packets { try sending(packet) }
        var arrived = packets.map { _ in false }
        let deadline = ContinuousClock.now + .seconds(20)
        func isSettled() throws -> Bool {
            arrived.count(where: \.self) + Int(try space.stopped() - before) >= packets.count
        }
        while true {
            // What else was stopped meanwhile counts as well, so nothing may come any more, either.
            let patience: Int32 = try isSettled() ? 100 : 10
            let isQuiet = patience == 100
            var isMore = false
            while let frame = try next(within: patience) {
                isMore = true
                for (place, packet) in packets.enumerated() {
                    let ending = packet.suffix(24)
                    if frame.suffix(ending.count) == ending { arrived[place] = true }
                }
            }
            let count = arrived.count(where: \.self)
            if count == packets.count || isQuiet && !isMore && count >= wanted { return arrived }
            try #require(ContinuousClock.now < deadline, "\(count) arrived, and not all others were stopped")
        }
    }

    /// What comes within some milliseconds; nil when nothing does.
    private func next(within milliseconds: Int32) throws -> [UInt8]? {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&wanted, 1, milliseconds) == 1 else { return nil }
        var frame = [UInt8](repeating: 0, count: 2048)
        let count = unsafe recv(descriptor, &frame, frame.count, 0)
        try #require(count >= 0, "errno \(errno)")
        frame.removeSubrange(count...)
        return frame
    }
}
