/// The protocols over TCP that do not begin with words.
extension PayloadHead {
    /// A TLS record of any kind, so that a connection is known from its middle too (RFC 8446, section 5.1).
    ///
    /// Versions 3.0 to 3.4, and no more than 2¹⁴ + 2,048 octets (RFC 5246, section 6.2.3).
    @inline(__always)
    var isTLS: Bool {
        guard word >> 16 & 0xff == 3, word >> 8 & 0xff <= 4, count >= 5 else { return false }
        let length = first >> 24 & 0xffff
        guard length >= 1, length <= 18432 else { return false }
        switch octet(0) {
        // The handshake messages in IANA's registry that a record can begin with.
        case 22: return octet(5) <= 25
        case 20: return length == 1
        // An alert is two octets in the clear, and longer when encrypted.
        case 21: return length == 2 ? octet(5) &- 1 <= 1 : length >= 16
        case 23: return length >= 16
        default: return false
        }
    }

    @inline(__always)
    var binaryStream: ApplicationProtocol {
        switch octet(0) {
        case 0x00:
            if isSMB { return .smb }
            if isHTTP2Settings { return .http2 }
            if isPostgreSQLStartup { return .postgresql }
        case 0x03:
            if isRDP { return .rdp }
        case 0x10:
            if isMQTT { return .mqtt }
        case 0x13:
            if first == 0x1342_6974_546f_7272 { return .bittorrent }  // 19, "BitTorr"
        case 0x30:
            if isLDAP { return .ldap }
        case 0x52:
            if isPostgreSQLAuthentication { return .postgresql }
        case 0x80, 0x81:
            if isMemcachedBinary { return .memcached }
        case 0xff:
            if isTelnet { return .telnet }
        default:
            break
        }
        if isMySQLGreeting { return .mysql }
        return isMongoDB ? .mongodb : .unknown
    }

    /// Behind a NetBIOS session header; the 0xff, 0xfe or 0xfd says SMB 1, 2, or 3 encrypted (MS-SMB2, 2.2.1).
    private var isSMB: Bool { secondWord & 0xffffff == 0x534d42 && octet(4) >= 0xfd }

    /// The frame a server begins with: settings of six octets each on stream 0 (RFC 9113, section 6.5).
    private var isHTTP2Settings: Bool {
        let length = first >> 40
        return first & 0xff_ffff_ffff == 0x04_0000_0000 && second >> 56 == 0
            && length >= 6 && length <= 120 && length % 6 == 0
    }

    /// A version 3 start, or the numbers that ask for TLS, GSSAPI or a cancellation instead.
    private var isPostgreSQLStartup: Bool {
        switch secondWord {
        case 0x0003_0000, 0x0003_0002: word >= 8 && word <= 10000
        case 0x04d2_162f, 0x04d2_1630: word == 8
        case 0x04d2_162e: word >= 16 && word <= 268
        default: false
        }
    }

    /// `R`, a short length, and a method of authentication, all written with 32 bits.
    private var isPostgreSQLAuthentication: Bool {
        first >> 32 & 0xff_ffff == 0 && octet(4) >= 8 && octet(4) & 0x80 == 0
            && first & 0xff_ffff == 0 && second >> 56 <= 12 && count >= 9
    }

    /// A connection request or its confirmation inside a TPKT, whose lengths agree (X.224, 13.3; RFC 1006).
    private var isRDP: Bool {
        let length = word & 0xffff
        return word >> 16 == 0x0300 && length >= 11 && length < 260 && UInt32(octet(4)) == length - 5
            && (octet(5) == 0xe0 || octet(5) == 0xd0)
    }

    /// CONNECT, with the protocol's name after a length of one or two octets (MQTT 3.1.1, section 3.1; 3.1).
    private var isMQTT: Bool {
        let name = (octet(1) & 0x80 == 0 ? first : first << 8 | second >> 56) & 0xffff_ffff_ffff
        return name == 0x0004_4d51_5454 || name == 0x0006_4d51_4973  // "MQTT", "MQIs"
    }

    /// A simple or other bind of version 3; the rest of its operations look like any BER (RFC 4511, section 4.2).
    private var isLDAP: Bool {
        guard octet(1) & 0x80 == 0, octet(2) == 2, octet(3) == 1 else { return false }
        if octet(5) == 0x60 { return octet(7) == 2 && second >> 48 == 0x0103 }
        return octet(5) >> 5 == 3 && (usesPort(389) || usesPort(3268))
    }

    private var isMemcachedBinary: Bool {
        usesPort(11211) && octet(1) <= 0x25 && octet(4) <= 20 && octet(5) == 0
    }

    /// Two options in a row: one alone is three octets that may be anything (RFC 854).
    private var isTelnet: Bool {
        octet(1) >= 0xfb && octet(1) != 0xff && octet(2) < 0x80 && octet(3) == 0xff && octet(4) >= 0xfa
            && octet(4) != 0xff
    }

    /// A packet numbered 0 of less than 512 octets, protocol 10, and a version that begins with a digit.
    private var isMySQLGreeting: Bool {
        first & 0x00fe_ffff_ff00_0000 == 0x0a00_0000 && octet(0) >= 30
            && octet(5) &- 0x30 <= 9 && (octet(6) == 0x2e || octet(6) &- 0x30 <= 9)
    }

    /// Little-endian: a length below 2²⁴ in front, and one of four operations at the end of the header.
    private var isMongoDB: Bool {
        guard octet(3) == 0, count >= 16 else { return false }
        switch UInt32(truncatingIfNeeded: second) {
        case 0xdd07_0000, 0xdc07_0000, 0xd407_0000: return octet(0) >= 16 || first >> 40 & 0xffff != 0
        default: return false
        }
    }
}
