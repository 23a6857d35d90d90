package import Addressing

/// Writes frames down as a pcapng file: one section, little-endian, times in nanoseconds. draft-ietf-opsawg-pcapng
package struct PcapngWriter {
    /// What is written so far, since it was taken last.
    private var bytes: [UInt8] = []
    private var interfaceCount: UInt32 = 0

    /// The most bytes of an interface's name that are written.
    private static var nameLimit: Int { 255 }
    /// The most bytes of a description or a comment.
    private static var textLimit: Int { 4096 }

    /// Begins the section; `application` is who writes it.
    package init(application: String) {
        block(PcapngBlock.sectionHeader) { writer in
            writer.put(PcapngBlock.byteOrderMagic)
            writer.put(UInt16(1))
            writer.put(UInt16(0))
            // How long the section is, is not said.
            writer.put(UInt64.max)
            writer.option(4, application.octets(atMost: Self.nameLimit))
            writer.option(0, [])
        }
    }

    /// How much was written since it was taken last.
    package var count: Int { bytes.count }

    /// Describes an interface, and returns its number; `linkType` is a LINKTYPE_ number, and `snapLength` 0 where no limit is known. Of a
    /// recording `capture` is the number that its notes have for where the frames came from.
    package mutating func describe(
        interface name: String?,
        linkType: UInt16,
        description: String? = nil,
        snapLength: UInt32 = 0,
        capture: UInt32? = nil
    ) -> UInt32 {
        block(PcapngBlock.interfaceDescription) { writer in
            writer.put(linkType)
            writer.put(UInt16(0))
            writer.put(snapLength)
            if let name, !name.isEmpty { writer.option(2, name.octets(atMost: Self.nameLimit)) }
            if let description, !description.isEmpty {
                writer.option(3, description.octets(atMost: Self.textLimit))
            }
            writer.option(9, [9])
            if let capture { writer.option(RecordingOption.capture, capture) }
            writer.option(0, [])
        }
        defer { interfaceCount += 1 }
        return interfaceCount
    }

    /// Adds a frame of an interface that was described. Times before 1970 cannot be written, and become that year's beginning.
    package mutating func add(_ frame: [UInt8], wireLength: Int, at time: Timestamp, interface: UInt32) {
        unsafe add(frame.span.bytes, wireLength: wireLength, at: time, interface: interface, remarks: PacketRemarks())
    }

    /// The same, with what is to be said of it.
    package mutating func add(
        _ frame: RawSpan,
        wireLength: Int,
        at time: Timestamp,
        interface: UInt32,
        remarks: PacketRemarks
    ) {
        precondition(interface < interfaceCount)
        let stamp = UInt64(max(time.nanoseconds, 0))
        let start = bytes.count
        let padding = -frame.byteCount & 3
        let length = UInt32(clamping: 28 + frame.byteCount + padding + 4)
        let head = (
            PcapngBlock.enhancedPacket.littleEndian, length.littleEndian, interface.littleEndian,
            UInt32(truncatingIfNeeded: stamp >> 32).littleEndian, UInt32(truncatingIfNeeded: stamp).littleEndian,
            UInt32(clamping: frame.byteCount).littleEndian,
            UInt32(clamping: max(wireLength, frame.byteCount)).littleEndian
        )
        unsafe withUnsafeBytes(of: head) { unsafe bytes.append(contentsOf: $0) }
        unsafe frame.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        if remarks.isEmpty {
            // Padding and the length in one go: most packets have nothing else.
            let tail = UInt64(length) << (8 * UInt64(padding))
            unsafe withUnsafeBytes(of: tail.littleEndian) { tail in
                unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: tail[..<(padding + 4)]))
            }
            return
        }
        pad()
        if let comment = remarks.comment { option(PcapngOptions.comment, comment.octets(atMost: Self.textLimit)) }
        if remarks.lost > 0 { option(4, remarks.lost.littleEndianBytes) }
        if remarks.isSettled { option(RecordingOption.settled, 1) }
        option(0, [])
        end(start)
    }

    /// What was written since this was asked last.
    package mutating func takeBytes() -> [UInt8] { takeBytes(count, leaving: []) }

    /// The first bytes of that; the rest, and what follows, is written into `room`, which is empty. At most `count` are there.
    package mutating func takeBytes(_ number: Int, leaving room: consuming [UInt8]) -> [UInt8] {
        var taken = room
        swap(&taken, &bytes)
        bytes.reserveCapacity(taken.capacity)
        let rest = taken.count - number
        bytes.append(contentsOf: taken.suffix(rest))
        taken.removeLast(rest)
        return taken
    }

    /// A block, with its length before and behind it.
    mutating func block(_ type: UInt32, _ body: (inout Self) -> Void) {
        let start = bytes.count
        put(type)
        put(UInt32(0))
        body(&self)
        pad()
        end(start)
    }

    /// Writes the length of the block that began at `start`, at both its ends.
    private mutating func end(_ start: Int) {
        let length = UInt32(clamping: bytes.count - start + 4)
        put(length)
        for place in 0..<4 { bytes[start + 4 + place] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(place))) }
    }

    mutating func option(_ code: UInt16, _ value: [UInt8]) {
        put(code)
        put(UInt16(clamping: value.count))
        put(value)
        pad()
    }

    /// One of our own.
    private mutating func option(_ kind: UInt16, _ number: UInt32) {
        option(
            RecordingOption.code,
            RecordingMark.enterprise.littleEndianBytes + RecordingMark.bytes + kind.littleEndianBytes
                + number.littleEndianBytes
        )
    }

    /// Every part begins at a multiple of four bytes, as blocks do.
    mutating func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    mutating func put(_ value: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func put(_ octets: [UInt8]) { bytes += octets }
}

/// What is said of a packet beside its bytes.
package struct PacketRemarks {
    /// For people; any text.
    package var comment: String?
    /// How many packets were left out before this one (`epb_dropcount`).
    package var lost: UInt64 = 0
    /// Whether the pipeline looked, right after it, at what it had put off.
    package var isSettled = false

    package init() {}

    var isEmpty: Bool { comment == nil && lost == 0 && !isSettled }
}

extension String {
    /// Its UTF-8, cut before the first character that does not fit.
    func octets(atMost limit: Int) -> [UInt8] {
        if utf8.count <= limit { return Array(utf8) }
        var octets: [UInt8] = []
        for character in self {
            guard octets.count + character.utf8.count <= limit else { break }
            octets += Array(character.utf8)
        }
        return octets
    }
}
