package import Addressing

/// What a recording has beside frames.
extension PcapngWriter {
    /// Bytes of a note that are written at most: less than a reader takes.
    package static var noteLimit: Int { 3 << 19 }

    /// Adds a note, which must not be longer than `noteLimit`.
    package mutating func add(_ note: RecordedNote) {
        precondition(note.bytes.count <= Self.noteLimit)
        block(PcapngBlock.custom) { writer in
            writer.put(RecordingMark.enterprise)
            writer.put(RecordingMark.bytes)
            writer.put(note.kind)
            writer.put(note.flags)
            writer.put(UInt16(0))
            writer.put(UInt32(clamping: note.bytes.count))
            writer.put(note.bytes)
        }
    }

    /// Gives addresses names, for whoever reads the frames behind this: a name resolution block. A name is cut at 255 bytes.
    package mutating func add(_ names: [ResolvedName]) {
        if names.isEmpty { return }
        block(PcapngBlock.nameResolution) { writer in
            for each in names {
                let name = each.name.octets(atMost: CaptureBounds.nameLength) + [0]
                let address: [UInt8]
                switch each.address {
                case .v4(let bits): address = bits.networkBytes
                case .v6(let bits): address = bits.networkBytes
                }
                writer.option(address.count == 4 ? 1 : 2, address + name)
            }
            writer.option(0, [])
        }
    }

    /// Says what an interface saw and lost, at the end of a file: an interface statistics block. What is not known is not written.
    package mutating func addStatistics(of interface: UInt32, at time: Timestamp, received: UInt64?, lost: UInt64?) {
        block(PcapngBlock.interfaceStatistics) { writer in
            let stamp = UInt64(max(time.nanoseconds, 0))
            writer.put(interface)
            writer.put(UInt32(truncatingIfNeeded: stamp >> 32))
            writer.put(UInt32(truncatingIfNeeded: stamp))
            if let received { writer.option(4, received.littleEndianBytes) }
            if let lost { writer.option(7, lost.littleEndianBytes) }
            writer.option(0, [])
        }
    }
}

extension IPv4Address {
    /// In network byte order.
    fileprivate var networkBytes: [UInt8] { unsafe withUnsafeBytes(of: bits.bigEndian) { unsafe [UInt8]($0) } }
}

extension IPv6Address {
    /// In network byte order.
    fileprivate var networkBytes: [UInt8] {
        unsafe withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { unsafe [UInt8]($0) }
    }
}

extension RecordingMark {
    /// Letters and version as they are written.
    static var bytes: [UInt8] { letters.littleEndianBytes + version.littleEndianBytes }
}
