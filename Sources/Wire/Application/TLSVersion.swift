/// A version of TLS as its two octets say it: TLS 1.2 is `0x0303`.
@frozen public struct TLSVersion: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt16

    @inlinable public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    @inlinable public static var tls12: Self { Self(rawValue: 0x0303) }
    @inlinable public static var tls13: Self { Self(rawValue: 0x0304) }

    /// Whether it stands for nothing and is offered to keep peers tolerant (RFC 8701).
    @inlinable public var isGrease: Bool { rawValue & 0x0f0f == 0x0a0a && rawValue >> 8 == rawValue & 0xff }
}

extension TLSVersion: CustomStringConvertible {
    /// The number alone, as in ECS `tls.version`; SSL 3.0 is `3.0`, and what was never published is in hexadecimal.
    public var description: String {
        switch rawValue {
        case 0x0300: "3.0"
        case 0x0301: "1.0"
        case 0x0302: "1.1"
        case 0x0303: "1.2"
        case 0x0304: "1.3"
        default: "0x" + String(rawValue, radix: 16)
        }
    }
}
