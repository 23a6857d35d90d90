/// The type of a DNS record or question, by its number in IANA's registry.
@frozen public struct DNSRecordType: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt16

    @inlinable public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    @inlinable public static var a: Self { Self(rawValue: 1) }
    @inlinable public static var cname: Self { Self(rawValue: 5) }
    @inlinable public static var null: Self { Self(rawValue: 10) }
    @inlinable public static var ptr: Self { Self(rawValue: 12) }
    @inlinable public static var txt: Self { Self(rawValue: 16) }
    @inlinable public static var aaaa: Self { Self(rawValue: 28) }
    @inlinable public static var srv: Self { Self(rawValue: 33) }
    @inlinable public static var https: Self { Self(rawValue: 65) }
    @inlinable public static var any: Self { Self(rawValue: 255) }
}

extension DNSRecordType: CustomStringConvertible {
    /// The mnemonic, or `TYPE` and the number for what has none here (RFC 3597, section 5).
    public var description: String {
        switch rawValue {
        case 1: "A"
        case 2: "NS"
        case 5: "CNAME"
        case 6: "SOA"
        case 10: "NULL"
        case 12: "PTR"
        case 13: "HINFO"
        case 15: "MX"
        case 16: "TXT"
        case 28: "AAAA"
        case 29: "LOC"
        case 33: "SRV"
        case 35: "NAPTR"
        case 39: "DNAME"
        case 41: "OPT"
        case 43: "DS"
        case 44: "SSHFP"
        case 46: "RRSIG"
        case 47: "NSEC"
        case 48: "DNSKEY"
        case 50: "NSEC3"
        case 52: "TLSA"
        case 64: "SVCB"
        case 65: "HTTPS"
        case 99: "SPF"
        case 249: "TKEY"
        case 250: "TSIG"
        case 251: "IXFR"
        case 252: "AXFR"
        case 255: "ANY"
        case 256: "URI"
        case 257: "CAA"
        default: "TYPE\(rawValue)"
        }
    }
}
