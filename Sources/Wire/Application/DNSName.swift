/// A domain name as text, read from a DNS message.
///
/// RFC 1035, section 3.1, and its compression, section 4.1.4.
enum DNSName {
    /// The longest name in octets, lengths and the root's zero included (RFC 1035, section 2.3.4).
    static var octetLimit: Int { 255 }

    /// Reads the name at `offset` of a whole message and gives its text and the offset after it.
    ///
    /// Labels are joined by dots, without a dot at the end; the root is `.`. Letter case is kept. A dot or backslash
    /// inside a label gets a backslash, an octet that is not visible ASCII becomes `\DDD` (RFC 1035, section 5.1), so
    /// that two different names never read alike and no control byte passes.
    ///
    /// A pointer must lead to before everything read so far. That alone ends every loop; since a name holds at most
    /// 127 labels, it may not take more pointers than that either.
    static func read(_ message: RawSpan, at offset: Int) throws(WireError) -> (text: String, end: Int) {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        var octets = 1
        var position = offset
        var earliest = offset
        var end: Int?
        var jumps = 0
        while true {
            guard position < message.byteCount else { throw .truncated(.dns) }
            let length = Int(message[position])
            switch length >> 6 {
            case 0:
                if length == 0 {
                    let name = text.isEmpty ? "." : String(decoding: text, as: UTF8.self)
                    return (name, end ?? position + 1)
                }
                octets += length + 1
                guard octets <= octetLimit else { throw .malformed(.dns) }
                guard position + length < message.byteCount else { throw .truncated(.dns) }
                if !text.isEmpty { text.append(0x2e) }
                append(message.extracting(position + 1..<position + 1 + length), to: &text)
                position += length + 1
            case 3:
                guard position + 1 < message.byteCount else { throw .truncated(.dns) }
                end = end ?? position + 2
                let target = Int(message.bigEndian(UInt16.self, at: position) & 0x3fff)
                jumps += 1
                guard target < earliest, jumps <= 127 else { throw .malformed(.dns) }
                earliest = target
                position = target
            default:
                // 01 and 10 were never given a use that lasted (RFC 6891, section 5).
                throw .malformed(.dns)
            }
        }
    }

    private static func append(_ label: RawSpan, to text: inout [UInt8]) {
        for offset in 0..<label.byteCount {
            let octet = label[offset]
            switch octet {
            case 0x2e, 0x5c:
                text.append(0x5c)
                text.append(octet)
            case 0x21...0x7e:
                text.append(octet)
            default:
                text.append(0x5c)
                text.append(0x30 + octet / 100)
                text.append(0x30 + octet / 10 % 10)
                text.append(0x30 + octet % 10)
            }
        }
    }
}
