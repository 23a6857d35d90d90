/// What kinds of DHCP messages are called: lower case, words joined by `-`.
enum DHCPMessageName {
    /// For IPv4, by option 53 (RFC 2132, section 9.6, and later ones); the number for what has no name here.
    static func v4(_ number: UInt8) -> String {
        switch number {
        case 1: "discover"
        case 2: "offer"
        case 3: "request"
        case 4: "decline"
        case 5: "ack"
        case 6: "nak"
        case 7: "release"
        case 8: "inform"
        default: "\(number)"
        }
    }

    /// For IPv6, by RFC 8415, section 7.3; the number for what has no name there.
    static func v6(_ number: UInt8) -> String {
        switch number {
        case 1: "solicit"
        case 2: "advertise"
        case 3: "request"
        case 4: "confirm"
        case 5: "renew"
        case 6: "rebind"
        case 7: "reply"
        case 8: "release"
        case 9: "decline"
        case 10: "reconfigure"
        case 11: "information-request"
        case 12: "relay-forw"
        case 13: "relay-repl"
        default: "\(number)"
        }
    }
}
