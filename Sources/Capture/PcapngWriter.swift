package import Addressing

/// Writes frames down as a pcapng file: one section, little-endian, times in nanoseconds. draft-ietf-opsawg-pcapng
package struct PcapngWriter {
    /// What is written so far, since it was taken last.
    private var bytes: [UInt8] = []
    private var interfaceCount: UInt32 = 0

    /// The most bytes of an interface's name that are written.
    private static var nameLimit: Int { 255 }

    /// Begins the section; `application` is who writes it.
    package init(application: String) {
        block(PcapngBlock.sectionHeader) { writer in
            writer.put(PcapngBlock.byteOrderMagic)
            writer.put(UInt16(1))
            writer.put(UInt16(0))
            // How long the section is, is not said.
            writer.put(UInt64.max)
            writer.option(4, Array(application.utf8.prefix(Self.nameLimit)))
            writer.option(0, [])
        }
    }

    /// Describes an interface, and returns its number; `linkType` is a LINKTYPE_ number.
    package mutating func describe(interface name: String?, linkType: UInt16) -> UInt32 {
        block(PcapngBlock.interfaceDescription) { writer in
            writer.put(linkType)
            writer.put(UInt16(0))
            // No limit that is known.
            writer.put(UInt32(0))
            if let name, !name.isEmpty { writer.option(2, Array(name.utf8.prefix(Self.nameLimit))) }
            writer.option(9, [9])
            writer.option(0, [])
        }
        defer { interfaceCount += 1 }
        return interfaceCount
    }

    /// Adds a frame of an interface that was described. Times before 1970 cannot be written, and become that year's beginning.
    package mutating func add(_ frame: [UInt8], wireLength: Int, at time: Timestamp, interface: UInt32) {
        precondition(interface < interfaceCount)
        let stamp = UInt64(max(time.nanoseconds, 0))
        block(PcapngBlock.enhancedPacket) { writer in
            writer.put(interface)
            writer.put(UInt32(truncatingIfNeeded: stamp >> 32))
            writer.put(UInt32(truncatingIfNeeded: stamp))
            writer.put(UInt32(clamping: frame.count))
            writer.put(UInt32(clamping: max(wireLength, frame.count)))
            writer.bytes += frame
            writer.pad()
        }
    }

    /// What was written since this was asked last.
    package mutating func takeBytes() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// A block, with its length before and behind it.
    private mutating func block(_ type: UInt32, _ body: (inout Self) -> Void) {
        let start = bytes.count
        put(type)
        put(UInt32(0))
        body(&self)
        let length = UInt32(clamping: bytes.count - start + 4)
        put(length)
        for place in 0..<4 { bytes[start + 4 + place] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(place))) }
    }

    private mutating func option(_ code: UInt16, _ value: [UInt8]) {
        put(code)
        put(UInt16(clamping: value.count))
        bytes += value
        pad()
    }

    /// Every part begins at a multiple of four bytes, as blocks do.
    private mutating func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    private mutating func put(_ value: some FixedWidthInteger) {
        for place in 0..<(type(of: value).bitWidth / 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place)))
        }
    }
}
