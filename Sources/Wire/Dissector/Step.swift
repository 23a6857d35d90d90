/// The header the dissector reads next.
enum Step {
    case ethernet
    case etherType(UInt16)
    case llc
    case ppp
    case ipv4
    case ipv6
    /// IPv4 or IPv6, as the first four bits say.
    case ip
    case transport(UInt8)
    /// Nothing more to read.
    case done
}
