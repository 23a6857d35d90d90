/// Messages to the kernel, one after another as they lie in a datagram of any length.
///
/// netlink(7). An attribute ends at 65,535 bytes; what was made longer is told by `isOverlong`, and is not to be sent.
struct MessageWriter: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var isOverlong = false

    /// Adds a message: its type, NLM_F_*, the family in `struct nfgenmsg`, and the attributes that `body` adds.
    mutating func message(
        _ type: Int,
        flags: Int32,
        family: UInt8,
        resource: UInt16 = 0,
        _ body: (inout Self) -> Void
    ) {
        let start = bytes.count
        append(UInt32(0))
        append(UInt16(truncatingIfNeeded: type))
        append(UInt16(truncatingIfNeeded: flags))
        append(UInt32(0))
        append(UInt32(0))
        append(family)
        append(UInt8(0))
        append(resource.bigEndian)
        body(&self)
        // All that is added is padded to four bytes, as the next message must begin there.
        replace(at: start, with: UInt32(truncatingIfNeeded: bytes.count - start))
    }

    /// Adds an attribute of a number in network byte order.
    mutating func put<Name: RawRepresentable<UInt32>>(_ name: Name, _ value: some FixedWidthInteger & BitwiseCopyable) {
        attribute(name.rawValue) { $0.append(value.bigEndian) }
    }

    /// Adds an attribute of text that ends with a NUL.
    mutating func put<Name: RawRepresentable<UInt32>>(_ name: Name, _ text: String) {
        attribute(name.rawValue) { (writer) in
            writer.bytes.append(contentsOf: text.utf8)
            writer.bytes.append(0)
        }
    }

    /// Adds an attribute of bytes.
    mutating func put<Name: RawRepresentable<UInt32>>(_ name: Name, _ value: [UInt8]) {
        attribute(name.rawValue) { $0.bytes.append(contentsOf: value) }
    }

    /// Adds an attribute of the attributes that `body` adds. NLA_F_NESTED.
    mutating func nest<Name: RawRepresentable<UInt32>>(_ name: Name, _ body: (inout Self) -> Void) {
        attribute(name.rawValue | 1 << 15, body)
    }

    /// Sets the flags of the message that begins at `offset`. NLM_F_*.
    mutating func setFlags(_ flags: Int32, ofMessageAt offset: Int) {
        replace(at: offset + 6, with: UInt16(truncatingIfNeeded: flags))
    }

    /// Numbers the messages one after another, the first after `sequence`; the last one's number.
    mutating func number(after sequence: UInt32) -> UInt32 {
        var (offset, sequence) = (0, sequence)
        while offset + NetlinkMessage.headerLength <= bytes.count {
            sequence &+= 1
            replace(at: offset + 8, with: sequence)
            offset += length(ofMessageAt: offset)
        }
        return sequence
    }

    /// Adds messages as they are.
    mutating func append(_ messages: ArraySlice<UInt8>) {
        bytes.append(contentsOf: messages)
    }

    /// Adds all messages of another.
    mutating func append(_ other: Self) {
        bytes.append(contentsOf: other.bytes)
        if other.isOverlong { isOverlong = true }
    }

    private func length(ofMessageAt offset: Int) -> Int {
        var length: UInt32 = 0
        unsafe withUnsafeMutableBytes(of: &length) { unsafe $0.copyBytes(from: bytes[offset..<offset + 4]) }
        return Int(length)
    }

    private mutating func attribute(_ type: UInt32, _ body: (inout Self) -> Void) {
        let start = bytes.count
        append(UInt16(0))
        append(UInt16(truncatingIfNeeded: type))
        body(&self)
        let length = bytes.count - start
        if length > Int(UInt16.max) { isOverlong = true }
        replace(at: start, with: UInt16(truncatingIfNeeded: length))
        for _ in 0..<(-length & 3) { bytes.append(0) }
    }

    /// In host byte order.
    private mutating func append(_ value: some FixedWidthInteger & BitwiseCopyable) {
        // An integer has no padding.
        unsafe withUnsafeBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
    }

    private mutating func replace(at offset: Int, with value: some FixedWidthInteger & BitwiseCopyable) {
        unsafe withUnsafeBytes(of: value) { value in
            for place in 0..<value.count { unsafe bytes[offset + place] = value[place] }
        }
    }
}
