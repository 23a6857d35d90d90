import Addressing
import Names
import Wire

/// A DNS response as bytes, names written out whole.
struct DNSAnswer {
    enum Record {
        case address(String, UInt32, timeToLive: UInt32)
        case alias(String, String, timeToLive: UInt32)
    }

    var question: String
    var records: [Record]
    /// Response, recursion desired and available; no error.
    var flags: UInt16 = 0x8180

    init(_ question: String, _ records: Record...) {
        self.question = question
        self.records = records
    }

    /// The question's name with one address of 60 seconds.
    init(_ question: String, is bits: UInt32, timeToLive: UInt32 = 60) {
        self.init(question, .address(question, bits, timeToLive: timeToLive))
    }

    var bytes: [UInt8] {
        var bytes = words(0x1234, flags, 1, UInt16(records.count), 0, 0)
        bytes += Self.name(question) + words(1, 1)
        for record in records {
            switch record {
            case .address(let owner, let bits, let timeToLive):
                bytes += Self.name(owner) + words(1, 1) + long(timeToLive) + words(4) + long(bits)
            case .alias(let owner, let target, let timeToLive):
                let data = Self.name(target)
                bytes += Self.name(owner) + words(5, 1) + long(timeToLive) + words(UInt16(data.count)) + data
            }
        }
        return bytes
    }

    private static func name(_ text: String) -> [UInt8] {
        text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    private func words(_ values: UInt16...) -> [UInt8] {
        values.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    private func long(_ value: UInt32) -> [UInt8] {
        words(UInt16(truncatingIfNeeded: value >> 16), UInt16(truncatingIfNeeded: value))
    }
}

extension NameTable {
    /// Learns from bytes, so many seconds after the epoch.
    mutating func learn(_ bytes: [UInt8], isTCP: Bool = false, client: UInt32 = 1, scope: UInt32 = 0, at: Int64 = 0) {
        // Octets have no padding that could be seen.
        unsafe learn(bytes.span.bytes, isTCP: isTCP, client: .of(client), scope: scope, at: .of(at))
    }

    func name(of bits: UInt32, for client: UInt32 = 1, scope: UInt32 = 0, at seconds: Int64 = 0) -> String? {
        name(of: .of(bits), for: .of(client), scope: scope, at: .of(seconds))
    }
}

extension IPAddress {
    static func of(_ bits: UInt32) -> Self { .v4(IPv4Address(bits: bits)) }
}

extension Timestamp {
    static func of(_ seconds: Int64) -> Self { Timestamp(nanoseconds: seconds * 1_000_000_000) }
}
