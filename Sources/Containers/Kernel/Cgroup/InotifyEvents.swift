import Glibc

/// The events in what was read from an inotify descriptor. inotify(7).
///
///     int32 watch | uint32 mask | uint32 cookie | uint32 length | name, zeros up to length
struct InotifyEvents: Sequence, IteratorProtocol {
    struct Event: Hashable {
        var watch: Int32
        var mask: UInt32
        /// Of the file in the watched directory; empty when the event is the directory's own.
        var name: String

        func has(_ flags: Int32...) -> Bool { flags.contains { mask & UInt32(bitPattern: $0) != 0 } }
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// Ends at an event that is torn, which the kernel never makes.
    mutating func next() -> Event? {
        guard rest.count >= 16 else { return nil }
        let length = Int(word(at: 12))
        guard length <= rest.count - 16 else { return nil }
        let name = rest.dropFirst(16).prefix(length)
        let event = Event(
            watch: Int32(bitPattern: word(at: 0)),
            mask: word(at: 4),
            name: String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
        )
        rest = rest.dropFirst(16 + length)
        return event
    }

    /// In the host's byte order.
    private func word(at offset: Int) -> UInt32 {
        let bytes = rest[(rest.startIndex + offset)...].prefix(4)
        let value = bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        return UInt32(littleEndian: value) == value ? value : value.byteSwapped
    }
}
