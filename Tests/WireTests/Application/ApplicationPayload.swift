import Wire

extension [UInt8] {
    /// Hands the bytes to `body` as decoders take them: what they give back must not borrow.
    func reading<Result>(_ body: (RawSpan) throws -> Result) rethrows -> Result {
        // Octets have no padding that could be read by mistake.
        try body(unsafe span.bytes)
    }
}

/// Payloads that several suites read.
enum ApplicationPayload {
    /// What curl and a dozen others send, less what is not asked here.
    static let httpRequest = Array(
        "GET /v2/_catalog?n=10 HTTP/1.1\r\nAccept: */*\r\nHost: registry.local:5000\r\n\r\n".utf8
    )

    static let sshBanner = Array("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7\r\n".utf8)

    /// A query of www.example.com for A, recursion desired.
    static let dnsQuery: [UInt8] = [
        0x1f, 0x2e, 0x01, 0x00,  // Id, flags.
        0, 1, 0, 0, 0, 0, 0, 0,  // One question.
        3, 0x77, 0x77, 0x77, 7, 0x65, 0x78, 0x61, 0x6d, 0x70, 0x6c, 0x65, 3, 0x63, 0x6f, 0x6d, 0,
        0, 1, 0, 1,  // A, Internet.
    ]

    /// The answer: an alias, and an address of either family for it.
    static let dnsResponse: [UInt8] = [
        0x1f, 0x2e, 0x81, 0x80,  // Id, a response with recursion.
        0, 1, 0, 3, 0, 0, 0, 1,
        3, 0x77, 0x77, 0x77, 7, 0x65, 0x78, 0x61, 0x6d, 0x70, 0x6c, 0x65, 3, 0x63, 0x6f, 0x6d, 0,
        0, 1, 0, 1,
        0xc0, 12, 0, 5, 0, 1, 0, 0, 0x0e, 0x10, 0, 6,  // www.example.com CNAME, 3600 s.
        3, 0x63, 0x64, 0x6e, 0xc0, 16,  // cdn, then example.com at 16.
        0xc0, 45, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4,  // cdn.example.com A, 60 s.
        192, 0, 2, 7,
        0xc0, 45, 0, 28, 0, 1, 0, 0, 0, 60, 0, 16,  // cdn.example.com AAAA.
        0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7,
        2, 0x6e, 0x73, 0xc0, 16, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4,  // Additional: ns.example.com A.
        192, 0, 2, 53,
    ]

    /// The start of the client's Initial of RFC 9001, appendix A.2, before its protection is taken off.
    static let quicInitial: [UInt8] =
        [
            0xc0, 0, 0, 0, 1,  // Long header, Initial; version 1.
            8, 0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08,  // Destination connection id.
            0, 0, 0x44, 0x9e,  // No source connection id, no token, length.
        ] + [UInt8](repeating: 0x5a, count: 32)

    static func recognise(
        _ bytes: [UInt8],
        isTCP: Bool,
        from source: UInt16 = 40000,
        to destination: UInt16 = 40001
    ) -> ApplicationProtocol {
        bytes.reading {
            ApplicationProtocol.recognise($0, isTCP: isTCP, sourcePort: source, destinationPort: destination)
        }
    }

    static func details(
        _ bytes: [UInt8],
        as application: ApplicationProtocol,
        isTCP: Bool = true,
        isFromServer: Bool = false
    ) -> ApplicationDetails {
        bytes.reading { .details(of: $0, as: application, isTCP: isTCP, isFromServer: isFromServer) }
    }

    /// Runs every reader over the bytes, whatever they are.
    static func readWithEverything(_ bytes: [UInt8]) {
        for isTCP in [true, false] {
            for port: UInt16 in [53, 67, 69, 123, 137, 389, 546, 5353, 11211, 443] {
                _ = recognise(bytes, isTCP: isTCP, to: port)
            }
            for application in ApplicationProtocol.allCases {
                _ = details(bytes, as: application, isTCP: isTCP)
            }
            _ = bytes.reading { payload -> Int? in
                let message = try? isTCP ? DNSMessage(segment: payload) : DNSMessage(payload)
                return message?.answers(includesAdditional: true).count
            }
        }
    }
}
