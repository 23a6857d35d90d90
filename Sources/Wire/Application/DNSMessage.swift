internal import Addressing

/// A DNS message: what was asked, and the addresses and aliases that were answered. Also mDNS and LLMNR.
///
///      0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
///     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
///     |                      ID                       |
///     |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
///     |                    QDCOUNT                    |
///     |                    ANCOUNT                    |
///     |                    NSCOUNT                    |
///     |                    ARCOUNT                    |
///     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
///
/// RFC 1035, section 4.1; AD and CD from RFC 4035. The counts are claims: reading ends where the bytes do.
public struct DNSMessage: ~Escapable {
    @inlinable static var length: Int { 12 }

    /// The most answers that are read from one message, so that a datagram made of pointers stays cheap.
    @inlinable public static var answerLimit: Int { 64 }

    @usableFromInline let bytes: RawSpan

    /// A message as UDP carries it.
    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.length else { throw .truncated(.dns) }
        self.bytes = bytes
    }

    /// The first message of a TCP segment, after its two octets of length (RFC 7766, section 8).
    ///
    /// The length may reach past this segment: then what is here is read.
    @inlinable
    @_lifetime(copy segment)
    public init(segment: RawSpan) throws(WireError) {
        guard segment.byteCount >= 2 + Self.length else { throw .truncated(.dns) }
        let claimed = Int(segment.bigEndian(UInt16.self, at: 0))
        guard claimed >= Self.length else { throw .malformed(.dns) }
        bytes = segment.extracting(2..<min(2 + claimed, segment.byteCount))
    }

    @inlinable public var id: UInt16 { bytes.bigEndian(UInt16.self, at: 0) }

    @inlinable public var isResponse: Bool { bytes[2] & 0x80 != 0 }

    /// 0 is a query, 4 a notification, 5 an update.
    @inlinable public var opcode: UInt8 { bytes[2] >> 3 & 0x0f }

    /// Whether the sender says that it left records out: the client asks again over TCP.
    @inlinable public var isTruncated: Bool { bytes[2] & 0x02 != 0 }

    /// Means something in responses only.
    @inlinable public var responseCode: DNSResponseCode { DNSResponseCode(rawValue: bytes[3] & 0x0f) }

    @inlinable public var questionCount: UInt16 { bytes.bigEndian(UInt16.self, at: 4) }
    @inlinable public var answerCount: UInt16 { bytes.bigEndian(UInt16.self, at: 6) }
    @inlinable public var authorityCount: UInt16 { bytes.bigEndian(UInt16.self, at: 8) }
    @inlinable public var additionalCount: UInt16 { bytes.bigEndian(UInt16.self, at: 10) }

    /// The first question; `nil` when the message has none. More than one is legal on paper and asked by mDNS only.
    public func question() throws(WireError) -> DNSQuestion? {
        guard questionCount > 0 else { return nil }
        let (name, end) = try DNSName.read(bytes, at: Self.length)
        guard bytes.byteCount - end >= 4 else { throw .truncated(.dns) }
        return DNSQuestion(
            name: name,
            type: DNSRecordType(rawValue: bytes.bigEndian(UInt16.self, at: end)),
            recordClass: bytes.bigEndian(UInt16.self, at: end + 2)
        )
    }

    /// The answers in order, up to ``answerLimit``, or to the first that is cut short or makes no sense.
    ///
    /// With `includesAdditional` the authority and additional sections too, still up to the same limit. In mDNS that is
    /// where the addresses are (RFC 6763, section 12); in DNS a server may put there what nobody asked, so it says
    /// nothing about what the client came to know.
    public func answers(includesAdditional: Bool = false) -> [DNSResourceRecord] {
        // More questions than are read would leave no way to find the answers behind them.
        guard questionCount <= Self.answerLimit else { return [] }
        var count = Int(answerCount)
        if includesAdditional { count += Int(authorityCount) + Int(additionalCount) }
        var answers: [DNSResourceRecord] = []
        var offset = Self.length
        do throws(WireError) {
            for _ in 0..<questionCount {
                offset = try DNSName.read(bytes, at: offset).end + 4
            }
            for _ in 0..<min(count, Self.answerLimit) {
                answers.append(try record(at: &offset))
            }
        } catch {
            // What came before the damage was said and stays.
        }
        return answers
    }

    private func record(at offset: inout Int) throws(WireError) -> DNSResourceRecord {
        let (name, fields) = try DNSName.read(bytes, at: offset)
        guard bytes.byteCount - fields >= 10 else { throw .truncated(.dns) }
        let type = DNSRecordType(rawValue: bytes.bigEndian(UInt16.self, at: fields))
        // mDNS takes the top bit to say that older answers are void (RFC 6762, section 10.2).
        let isInternet = bytes.bigEndian(UInt16.self, at: fields + 2) & 0x7fff == 1
        let seconds = bytes.bigEndian(UInt32.self, at: fields + 4)
        let start = fields + 10
        let length = Int(bytes.bigEndian(UInt16.self, at: fields + 8))
        guard bytes.byteCount - start >= length else { throw .truncated(.dns) }
        offset = start + length
        return DNSResourceRecord(
            name: name,
            type: type,
            timeToLive: .seconds(seconds > Int32.max ? 0 : seconds),
            content: isInternet ? try content(of: type, at: start, length: length) : .other
        )
    }

    private func content(
        of type: DNSRecordType,
        at start: Int,
        length: Int
    ) throws(WireError) -> DNSResourceRecord.Content {
        switch (type, length) {
        case (.a, 4):
            return .address(.v4(IPv4Address(bits: bytes.bigEndian(UInt32.self, at: start))))
        case (.aaaa, 16):
            let high = bytes.bigEndian(UInt64.self, at: start)
            return .address(.v6(IPv6Address(high: high, low: bytes.bigEndian(UInt64.self, at: start + 8))))
        case (.cname, _):
            let (name, end) = try DNSName.read(bytes, at: start)
            return end == start + length ? .alias(name) : .other
        default:
            return .other
        }
    }
}
