/// A version of QUIC as the four octets of a long header say it.
@frozen public struct QUICVersion: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt32

    @inlinable public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// RFC 9000.
    @inlinable public static var v1: Self { Self(rawValue: 1) }

    /// RFC 9369. Its number was chosen to look like nothing.
    @inlinable public static var v2: Self { Self(rawValue: 0x6b33_43cf) }

    /// Whether it forces a negotiation and stands for nothing (RFC 9000, section 15).
    @inlinable public var isGrease: Bool { rawValue & 0x0f0f_0f0f == 0x0a0a_0a0a }

    /// Whether it is published, a draft of the IETF, Google's from before (Q046 to Q050), or GREASE.
    @inlinable public var isKnown: Bool {
        self == .v1 || self == .v2 || isDraft || isGrease || 0x5130_3436...0x5130_3530 ~= rawValue
    }

    /// Drafts 1 to 34 of RFC 9000.
    @inlinable var isDraft: Bool { 0xff00_0001...0xff00_0022 ~= rawValue }
}

extension QUICVersion: CustomStringConvertible {
    /// `1`, `2`, `draft-29`, `Q050`, or the number in hexadecimal.
    public var description: String {
        switch self {
        case .v1: "1"
        case .v2: "2"
        case _ where isDraft: "draft-\(rawValue & 0xff)"
        case _ where rawValue >> 16 == 0x5130 && isKnown: "Q0\((rawValue >> 8 & 0xf) * 10 + rawValue & 0xf)"
        default: "0x" + String(rawValue, radix: 16)
        }
    }
}
