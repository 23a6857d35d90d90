/// The protocols over UDP.
extension PayloadHead {
    /// Protocols whose bytes are too plain to stand alone: port and bytes must agree.
    @inline(__always)
    var portBoundDatagram: ApplicationProtocol {
        let known = bound(to: destinationPort)
        return known != .unknown ? known : bound(to: sourcePort)
    }

    @inline(__always)
    private func bound(to port: UInt16) -> ApplicationProtocol {
        switch port {
        case 53: isDNS ? .dns : .unknown
        case 67, 68: isDHCP ? .dhcp : .unknown
        case 69: isTFTP ? .tftp : .unknown
        case 123: isNTP ? .ntp : .unknown
        case 137: isDNS ? .netbios : .unknown
        case 546, 547: isDHCPv6 ? .dhcpv6 : .unknown
        case 5353: isDNS ? .mdns : .unknown
        case 5355: isDNS ? .llmnr : .unknown
        case 11211: isMemcachedDatagram ? .memcached : .unknown
        default: .unknown
        }
    }

    /// Protocols that bytes alone give away.
    @inline(__always)
    var datagram: ApplicationProtocol {
        switch octet(0) {
        case 0x01...0x03:
            if isWireGuard { return .wireguard }
        case 0x30:
            if isSNMP { return .snmp }
        case 0x3c:
            if ApplicationProtocol.isSyslog(self) { return .syslog }
        case 0x48, 0x49, 0x4d, 0x4e, 0x4f, 0x52, 0x53:
            return textDatagram
        case 0x64:
            if isBitTorrentDHT { return .bittorrent }
        default:
            break
        }
        return isSTUN ? .stun : .unknown
    }

    private var textDatagram: ApplicationProtocol {
        switch first {
        case 0x4d2d_5345_4152_4348, 0x4e4f_5449_4659_202a: .ssdp  // "M-SEARCH", "NOTIFY *"
        case 0x4854_5450_2f31_2e31: usesPort(1900) ? .ssdp : .unknown  // "HTTP/1.1"
        case 0x4f50_5449_4f4e_5320: second >> 32 == 0x7369_703a ? .sip : .unknown  // "OPTIONS sip:"
        default: ApplicationProtocol.isSIP(self) ? .sip : .unknown
        }
    }

    /// The long header of a known version, whose first connection id has a length it may have (RFC 9000, 17.2).
    @inline(__always)
    func isQUIC(_ payload: RawSpan) -> Bool {
        let version = QUICVersion(rawValue: UInt32(truncatingIfNeeded: first >> 24))
        if version.rawValue == 0 { return isQUICNegotiation(payload) }
        return octet(0) & 0x40 != 0 && version.isKnown && octet(5) <= 20 && count >= 7
    }

    /// A list of versions after the two connection ids, one of which we know (RFC 8999, section 6).
    private func isQUICNegotiation(_ payload: RawSpan) -> Bool {
        var cursor = ByteCursor(payload, layer: .quic)
        do throws(WireError) {
            try cursor.skip(5)
            for _ in 0..<2 {
                let length = try cursor.integer(UInt8.self)
                guard length <= 20 else { return false }
                try cursor.skip(Int(length))
            }
            for _ in 0..<8 {
                let version = QUICVersion(rawValue: try cursor.integer(UInt32.self))
                if version.isKnown, !version.isGrease { return true }
            }
        } catch {}
        return false
    }

    /// The version counts down from 0xfeff (RFC 6347, section 4.1).
    @inline(__always)
    var isDTLS: Bool {
        let version = word >> 8 & 0xffff
        return (version == 0xfefd || version == 0xfeff) && octet(0) >= 20 && octet(0) <= 25
    }

    /// RFC 951, section 3: a request or reply, for a hardware address of at most 16 octets.
    private var isDHCP: Bool {
        (octet(0) == 1 || octet(0) == 2) && octet(1) != 0 && octet(2) <= 16 && octet(3) <= 16 && count >= 44
    }

    /// A message type, then for all but relays an option after the transaction id (RFC 8415, sections 8 and 9).
    private var isDHCPv6: Bool {
        switch octet(0) {
        case 1...11: count >= 8 && octet(4) == 0
        case 12, 13: count >= 34
        default: false
        }
    }

    /// A request to read or write, and the first letter of a name (RFC 1350, section 5).
    private var isTFTP: Bool {
        (word >> 16 == 1 || word >> 16 == 2) && octet(2) > 0x20 && octet(2) < 0x7f
    }

    /// Versions 1 to 4; time has 48 octets, control and private messages fewer (RFC 5905, section 7.3; RFC 9327).
    private var isNTP: Bool {
        let version = octet(0) >> 3 & 7
        guard version >= 1, version <= 4 else { return false }
        switch octet(0) & 7 {
        case 1...5: return octet(1) <= 16 && count >= 12
        case 6, 7: return count >= 8
        default: return false
        }
    }

    /// A frame header that says first of some: request id, sequence 0, how many, nothing reserved.
    private var isMemcachedDatagram: Bool {
        first & 0x0000_ffff_0000_ffff == 0 && first >> 16 & 0xffff != 0 && count > 8
    }

    /// The three messages of a handshake have one length each.
    private var isWireGuard: Bool {
        switch word {
        case 0x0100_0000: count == 148
        case 0x0200_0000: count == 92
        case 0x0300_0000: count == 64
        default: false
        }
    }

    /// A version, then a community or, in version 3, the global data (RFC 1157, section 4; RFC 3412, section 6).
    private var isSNMP: Bool {
        // The length has one octet, or says that two follow.
        let fields = octet(1) == 0x82 ? first << 16 | second >> 48 : first
        guard octet(1) < 0x80 || octet(1) == 0x82, fields >> 32 & 0xffff == 0x0201 else { return false }
        let version = fields >> 24 & 0xff
        let next = fields >> 16 & 0xff
        return version <= 1 ? next == 0x04 : version == 3 && next == 0x30
    }

    /// A bencoded dictionary that begins with arguments or a result (BEP 5).
    private var isBitTorrentDHT: Bool {
        first == 0x6431_3a61_6432_3a69 || first == 0x6431_3a72_6432_3a69  // "d1:ad2:i", "d1:rd2:i"
    }

    /// The magic cookie, and two zero bits in front (RFC 8489, section 5). Not every length is of whole words.
    private var isSTUN: Bool { secondWord == 0x2112_a442 && octet(0) < 0x40 && count >= 20 }
}
