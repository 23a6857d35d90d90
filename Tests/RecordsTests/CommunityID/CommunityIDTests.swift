import Addressing
import Testing

@testable import Records

@Suite("Community ID")
struct CommunityIDTests {
    private func identifier(
        _ protocolNumber: UInt8,
        _ source: IPAddress,
        _ destination: IPAddress,
        _ sourcePort: UInt16,
        _ destinationPort: UInt16
    ) -> String {
        let identifier = CommunityID(
            protocolNumber: protocolNumber,
            source: source,
            destination: destination,
            sourcePort: sourcePort,
            destinationPort: destinationPort
        )
        var json = JSONBuffer()
        json.pair("i", identifier)
        return String(String(decoding: json.bytes, as: UTF8.self).dropFirst(5).dropLast())
    }

    /// Computed by a second implementation of the specification, and the same as what its reference gives.
    @Test(
        arguments: [
            (6, "128.232.110.120", "66.35.250.204", 34855, 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="),
            (6, "66.35.250.204", "128.232.110.120", 80, 34855, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="),
            (17, "192.168.1.52", "8.8.8.8", 54585, 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="),
            (132, "192.168.170.8", "192.168.170.56", 7, 80, "1:jQgCxbku+pNGw8WPbEc/TS/uTpQ="),
            (1, "192.168.0.89", "192.168.0.1", 8, 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="),
            (1, "192.168.0.1", "192.168.0.89", 0, 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="),
            (1, "192.168.0.89", "192.168.0.1", 3, 1, "1:LXCfhMUFbYXe+CEMrQuZCbiLY3o="),
            (1, "192.168.0.1", "192.168.0.89", 3, 1, "1:o3zT92uTgnRWv/YrDVeXcWumpC4="),
            (1, "192.168.0.1", "192.168.0.1", 8, 0, "1:vobiRPmOHVAn3TwshM8nYQfCrIo="),
            (58, "fe80::200:86ff:fe05:80da", "fe80::260:97ff:fe07:69ea", 135, 0, "1:dGHyGvjMfljg6Bppwm3bg0LO8TY="),
            (58, "fe80::260:97ff:fe07:69ea", "fe80::200:86ff:fe05:80da", 136, 0, "1:dGHyGvjMfljg6Bppwm3bg0LO8TY="),
            (
                58, "3ffe:507:0:1:260:97ff:fe07:69ea", "3ffe:507:0:1:200:86ff:fe05:80da", 1, 4,
                "1:gTqu7VsUsAmnYtRcECfFr8lTno8="
            ),
            (58, "fe80::1", "ff02::16", 143, 0, "1:OAsYkgoou99wnhLR9ezvUt5gsiU="),
            (47, "10.0.0.1", "10.0.0.2", 0, 0, "1:+KlEHDT0vJgzs/eNmzHq0aSpRYw="),
            (50, "2001:db8::2", "2001:db8::1", 1, 2, "1:JIAyWiD7dl1e74CJAdetAUPF/To="),
            (136, "10.0.0.9", "10.0.0.2", 1000, 2000, "1:5GclzRQKeGzlrmBvYLb4HpK0dxA="),
            (17, "10.0.0.1", "10.0.0.1", 68, 67, "1:RFQ3xFIGQd1NGIJtcrImOW+K1H0="),
            (6, "::1", "::1", 5, 5, "1:OqwTddBSKDwMtInqm43hkhd57Bc="),
            (6, "fe80::1", "fe80::2", 65535, 1, "1:wf6wdJTtHFsITPideyV0+ba4yb8="),
        ] as [(UInt8, String, String, UInt16, UInt16, String)]
    )
    func isWhatOthersCompute(
        _ protocolNumber: UInt8,
        _ source: String,
        _ destination: String,
        _ sourcePort: UInt16,
        _ destinationPort: UInt16,
        _ expected: String
    ) throws {
        let source = try #require(IPAddress(text: source))
        let destination = try #require(IPAddress(text: destination))
        #expect(identifier(protocolNumber, source, destination, sourcePort, destinationPort) == expected)
    }

    /// A digest over the identifiers of every ICMP and ICMPv6 type, both ways, computed by that second implementation.
    @Test func knowsWhichMessagesAnswerEachOther() throws {
        var all: [UInt8] = []
        for (number, low, high) in [(UInt8(1), "10.0.0.1", "10.0.0.2"), (58, "fe80::1", "fe80::2")] {
            let low = try #require(IPAddress(text: low))
            let high = try #require(IPAddress(text: high))
            for type in UInt16(0)...255 {
                all += identifier(number, low, high, type, 3).utf8
                all += identifier(number, high, low, type, 3).utf8
            }
        }
        let digest = SHA1.digest(all.span)
        let expected: InlineArray<20, UInt8> = [
            0x3e, 0xa6, 0x02, 0x1a, 0xa4, 0x40, 0xbf, 0xa7, 0x5a, 0x01, 0x89, 0x2c, 0x60, 0x19, 0x25, 0x1f, 0x7e, 0x76,
            0x19, 0xae,
        ]
        #expect(digest.indices.allSatisfy { digest[$0] == expected[$0] })
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{3fb}\u{7f}", "z7t/"),
    ])
    func writesBase64(text: String, expected: String) {
        var json = JSONBuffer()
        json.append(base64: Array(text.utf8).span)
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    }
}
