import Testing
import Wire

@Suite("Application protocol")
struct ApplicationProtocolTests {
    @Test(
        "tells text protocols apart",
        arguments: [
            ("GET / HTTP/1.1\r\n", .http), ("POST /a HTTP/1.1\r\n", .http), ("HEAD / HTTP/1.0\r\n", .http),
            ("DELETE /x HTTP/1.1\r\n", .http), ("OPTIONS * HTTP/1.1\r\n", .http), ("PATCH / HTTP/1.1\r\n", .http),
            ("TRACE / HTTP/1.1\r\n", .http), ("CONNECT a:443 HTTP/1.1\r\n", .http), ("PROPFIND / HTTP/1.1\r\n", .http),
            ("HTTP/1.1 200 OK\r\n", .http), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .http2),
            ("OPTIONS sip:a@b SIP/2.0\r\n", .sip), ("OPTIONS rtsp://a/ RTSP/1.0\r\n", .rtsp),
            ("DESCRIBE rtsp://a/ RTSP/1.0\r\n", .rtsp), ("RTSP/1.0 200 OK\r\n", .rtsp),
            ("INVITE sip:a@b SIP/2.0\r\n", .sip), ("REGISTER sip:b SIP/2.0\r\n", .sip), ("SIP/2.0 200 OK\r\n", .sip),
            ("SSH-2.0-dropbear\r\n", .ssh), ("EHLO mail.example\r\n", .smtp), ("220 mx ESMTP Postfix\r\n", .smtp),
            ("220 (vsFTPd 3.0.3)\r\n", .ftp), ("+OK Dovecot ready.\r\n", .pop3), ("* OK IMAP4rev1\r\n", .imap),
            ("NICK someone\r\n", .irc), ("CAP LS 302\r\n", .irc), ("USER a 0 * :A B\r\n", .irc),
            (":irc.example NOTICE * :Looking up\r\n", .irc), ("NOTICE AUTH :*** hello\r\n", .irc),
            ("AMQP\u{0}\u{0}\u{9}\u{1}", .amqp), ("RFB 003.008\n", .vnc), ("@RSYNCD: 31.0\n", .rsync),
            (#"INFO {"server_id":"#, .nats), (#"CONNECT {"verbose":"#, .nats),
            ("*1\r\n$4\r\nPING\r\n", .redis), ("*12\r\n$4\r\nMSET\r\n", .redis), ("+PONG\r\n", .redis),
            ("-NOAUTH Authentication required.\r\n", .redis), ("<34>1 2026-01-01T00:00:00Z h a - - -", .syslog),
            ("<191>Oct 11 22:14:15 h su: x", .syslog),
            (#"{"id":1,"method":"mining.subscribe","params":[]}"#, .stratum),
            (#"{"method": "login", "params": {"agent":"x"}}"#, .stratum),
            (#"{"id":1,"method":"eth_submitLogin"}"#, .stratum),
        ] as [(String, ApplicationProtocol)]
    )
    func recognisesText(text: String, expected: ApplicationProtocol) {
        #expect(ApplicationPayload.recognise(Array(text.utf8), isTCP: true) == expected)
    }

    @Test(
        "leaves what only begins alike",
        arguments: [
            "GETTING", "POSTS /", "HEADER", "DELETED x", "OPTIONAL", "CONNECTED", "TRACER /", "HTTP/2", "PRIVATE",
            "SSH-2", "EHLOS", "220", "220 hello there\r\n", "USER bob\r\n", "CAP END\r\n", "NICKEL", "INFO: x",
            "*\r\n$", "*a\r\n$", "*123\r\n$", "+OK\r\n", "-ERR x\r\n", "get x\r\n", "<192>1 x", "<>1", "<34> x",
            #"{"method":"login"}"#, #"{"hello":"world"}"#, ":) NOTE", "RFB 1", "AMQPS", "RTSP/x", "",
        ]
    )
    func staysUnknown(text: String) {
        #expect(ApplicationPayload.recognise(Array(text.utf8), isTCP: true) == .unknown)
    }

    @Test(
        "lets the port decide between words that several protocols use",
        arguments: [
            ("220 ready\r\n", 21, .ftp), ("220 ready\r\n", 25, .smtp), ("220 ready\r\n", 8080, .unknown),
            ("USER bob\r\n", 21, .ftp), ("USER bob\r\n", 110, .pop3),
            ("get key\r\n", 11211, .memcached), ("stats\r\n", 11211, .memcached),
        ] as [(String, UInt16, ApplicationProtocol)]
    )
    func asksThePort(text: String, port: UInt16, expected: ApplicationProtocol) {
        let bytes = Array(text.utf8)
        #expect(ApplicationPayload.recognise(bytes, isTCP: true, to: port) == expected)
        #expect(ApplicationPayload.recognise(bytes, isTCP: true, from: port) == expected)
    }

    @Test(
        "tells binary streams apart",
        arguments: [
            ([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc], .tls), ([0x16, 3, 3, 0, 0x7a, 2, 0, 0, 0x76], .tls),
            ([0x17, 3, 3, 0, 0x40, 0xde, 0xad], .tls), ([0x15, 3, 3, 0, 2, 2, 40], .tls),
            ([0x14, 3, 3, 0, 1, 1], .tls),
            ([0x17, 3, 3, 0, 3, 0xde, 0xad], .unknown), ([0x16, 3, 1, 0x50, 0, 1, 0], .unknown),
            ([0x16, 3, 9, 2, 0, 1, 0], .unknown), ([0x15, 3, 3, 0, 2, 9, 40], .unknown),
            ([0, 0, 12, 4, 0, 0, 0, 0, 0, 0, 3, 0], .http2), ([0, 0, 0, 4, 0, 0, 0, 0, 0], .unknown),
            ([0, 0, 0, 0x90, 0xfe, 0x53, 0x4d, 0x42, 0x40], .smb),
            ([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f], .postgresql), ([0, 0, 0, 41, 0, 3, 0, 0, 0x75], .postgresql),
            ([0x52, 0, 0, 0, 12, 0, 0, 0, 5, 1, 2, 3, 4], .postgresql), ([0x52, 0, 0, 0, 12, 0, 0, 0], .unknown),
            ([0x4a, 0, 0, 0, 10, 0x38, 0x2e, 0x30], .mysql), ([0x4a, 0, 0, 1, 10, 0x38, 0x2e, 0x30], .unknown),
            ([0x3a, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0xd4, 7, 0, 0], .mongodb),
            ([0x3a, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0xd5, 7, 0, 0], .unknown),
            ([0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2], .mqtt),
            ([0x10, 0x8c, 1, 0, 4, 0x4d, 0x51, 0x54, 0x54, 5], .mqtt),
            ([0x10, 14, 0, 6, 0x4d, 0x51, 0x49, 0x73, 0x64, 0x70], .mqtt),
            ([3, 0, 0, 19, 14, 0xe0, 0, 0, 0, 0, 0], .rdp), ([3, 0, 0, 19, 13, 0xe0, 0, 0], .unknown),
            ([0x30, 12, 2, 1, 1, 0x60, 7, 2, 1, 3, 4, 0, 0x80, 0], .ldap),
            ([0xff, 0xfd, 0x18, 0xff, 0xfd, 0x20], .telnet), ([0xff, 0xfd, 0x18], .unknown),
            ([0x13, 0x42, 0x69, 0x74, 0x54, 0x6f, 0x72, 0x72, 0x65, 0x6e, 0x74], .bittorrent),
        ] as [([UInt8], ApplicationProtocol)]
    )
    func recognisesStreams(bytes: [UInt8], expected: ApplicationProtocol) {
        #expect(ApplicationPayload.recognise(bytes, isTCP: true) == expected)
    }

    @Test(
        "tells datagrams apart that need no port",
        arguments: [
            (ApplicationPayload.quicInitial, .quic),
            ([0xd0, 0x6b, 0x33, 0x43, 0xcf, 4, 1, 2, 3, 4, 0, 0], .quic),
            ([0xc0, 0, 0, 0, 7, 0, 0, 0], .unknown), ([0xc0, 0, 0, 0, 1, 21, 0, 0], .unknown),
            ([0x80, 0, 0, 0, 0, 1, 7, 1, 8, 0x0a, 0x1a, 0x2a, 0x3a, 0, 0, 0, 1], .quic),
            ([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], .unknown),
            ([0x16, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100], .dtls),
            ([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42] + [UInt8](repeating: 7, count: 12), .stun),
            ([1, 0, 0, 0] + [UInt8](repeating: 7, count: 144), .wireguard),
            ([1, 0, 0, 0] + [UInt8](repeating: 7, count: 145), .unknown),
            ([2, 0, 0, 0] + [UInt8](repeating: 7, count: 88), .wireguard),
            ([0x30, 0x26, 2, 1, 1, 4, 6, 0x70, 0x75, 0x62], .snmp), ([0x30, 0x3a, 2, 1, 3, 0x30, 15, 2], .snmp),
            ([0x30, 0x82, 1, 0, 2, 1, 1, 4, 6], .snmp),
            (Array("M-SEARCH * HTTP/1.1\r\n".utf8), .ssdp), (Array("NOTIFY * HTTP/1.1\r\n".utf8), .ssdp),
            (Array("d1:ad2:id20:".utf8), .bittorrent), (Array("SIP/2.0 100 Trying".utf8), .sip),
            (ApplicationPayload.dnsQuery, .dns), (ApplicationPayload.dnsResponse, .dns),
        ] as [([UInt8], ApplicationProtocol)]
    )
    func recognisesDatagrams(bytes: [UInt8], expected: ApplicationProtocol) {
        #expect(ApplicationPayload.recognise(bytes, isTCP: false) == expected)
    }

    @Test(
        "takes plain bytes for a protocol on its own port only",
        arguments: [
            ([0x23] + [UInt8](repeating: 0, count: 47), 123, .ntp),
            ([1, 1, 6, 0] + [UInt8](repeating: 0, count: 240), 67, .dhcp),
            ([1, 9, 8, 7, 0, 1, 0, 14], 547, .dhcpv6), ([0, 1] + Array("boot\0octet\0".utf8), 69, .tftp),
            ([0, 7, 0, 0, 0, 1, 0, 0] + Array("stats\r\n".utf8), 11211, .memcached),
            ([0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 0x61], 5353, .mdns),
            ([0, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x61, 0, 0, 1, 0, 2], 5355, .llmnr),
        ] as [([UInt8], UInt16, ApplicationProtocol)]
    )
    func bindsPlainBytesToAPort(bytes: [UInt8], port: UInt16, expected: ApplicationProtocol) {
        #expect(ApplicationPayload.recognise(bytes, isTCP: false, to: port) == expected)
        #expect(ApplicationPayload.recognise(bytes, isTCP: false, from: port) == expected)
        #expect(ApplicationPayload.recognise(bytes, isTCP: false) != expected)
    }

    @Test func recognisesDNSBehindItsTCPLength() {
        let query = ApplicationPayload.dnsQuery
        #expect(ApplicationPayload.recognise([0, UInt8(query.count)] + query, isTCP: true) == .dns)
        #expect(ApplicationPayload.recognise([0, UInt8(query.count - 1)] + query, isTCP: true) == .unknown)
        #expect(ApplicationPayload.recognise([0, 200] + query, isTCP: true, to: 53) == .dns)
        #expect(ApplicationPayload.recognise(query, isTCP: true) == .unknown)
    }

    @Test func doesNotCallEverythingOnPort53DNS() {
        let bytes = [UInt8](repeating: 0x58, count: 64)
        #expect(ApplicationPayload.recognise(bytes, isTCP: false, to: 53) == .unknown)
        #expect(ApplicationPayload.recognise(ApplicationPayload.sshBanner, isTCP: true, to: 53) == .ssh)
    }

    /// Half of the payloads are mostly zeros, as counters and padding are.
    @Test func recognisesNextToNothingInNoise() {
        var numbers = SeededNumbers(seed: 1)
        var mistaken = 0
        for round in 0..<20_000 {
            var bytes = numbers.bytes(24)
            if round & 1 == 0 { bytes = bytes.map { $0 < 200 ? 0 : $0 } }
            for isTCP in [true, false] where ApplicationPayload.recognise(bytes, isTCP: isTCP) != .unknown {
                mistaken += 1
            }
        }
        #expect(mistaken <= 2)
    }

    @Test func namesAreDistinctAndLowerCase() {
        let names = ApplicationProtocol.allCases.map(\.description)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0 == $0.lowercased() && !$0.isEmpty })
    }
}
