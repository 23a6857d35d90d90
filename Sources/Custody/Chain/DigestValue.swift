import Crypto

/// A SHA-256 digest: 32 bytes. FIPS 180-4.
package struct DigestValue: Hashable, Sendable {
    package let bytes: [UInt8]

    package static var length: Int { 32 }
    /// Of what nothing came before.
    package static var none: Self { Self(unchecked: [UInt8](repeating: 0, count: length)) }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// Nil when it is not as long as digests are.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    init(_ digest: SHA256.Digest) { bytes = Array(digest) }

    package init(of bytes: Span<UInt8>) {
        var hasher = SHA256()
        hasher.update(bytes)
        self.init(hasher.finalize())
    }

    /// As digits, lower case, as sha256sum(1) has it.
    package init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 2 * Self.length else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(digits[place]), let low = Self.value(digits[place + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}

extension DigestValue: CustomStringConvertible {
    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension SHA256 {
    mutating func update(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }
}
