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

    /// All that came before a frame that ends like this, which must come within 10 s.
    func frames(before last: [UInt8]) throws -> [[UInt8]] {
        var frames: [[UInt8]] = []
        while true {
            var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            try #require(unsafe poll(&wanted, 1, 10_000) == 1, "the last frame does not come")
            var frame = [UInt8](repeating: 0, count: 2048)
            let count = unsafe recv(descriptor, &frame, frame.count, 0)
            try #require(count >= 0, "errno \(errno)")
            frame.removeSubrange(count...)
            if frame.suffix(last.count) == last[...] { return frames }
            frames.append(frame)
        }
    }
}
