/// How a DNS server answered: the four bits of the header, without the extension an OPT record may add.
@frozen public struct DNSResponseCode: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8

    @inlinable public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    @inlinable public static var noError: Self { Self(rawValue: 0) }
    @inlinable public static var nameError: Self { Self(rawValue: 3) }
}

extension DNSResponseCode: CustomStringConvertible {
    /// IANA's name, as in ECS `dns.response_code`, or `RCODE` and the number.
    public var description: String {
        switch rawValue {
        case 0: "NOERROR"
        case 1: "FORMERR"
        case 2: "SERVFAIL"
        case 3: "NXDOMAIN"
        case 4: "NOTIMP"
        case 5: "REFUSED"
        case 6: "YXDOMAIN"
        case 7: "YXRRSET"
        case 8: "NXRRSET"
        case 9: "NOTAUTH"
        case 10: "NOTZONE"
        default: "RCODE\(rawValue)"
        }
    }
}
