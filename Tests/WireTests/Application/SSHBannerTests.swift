import Testing
import Wire

@Suite("SSH banner")
struct SSHBannerTests {
    @Test func readsTheLineAndTheSoftware() throws {
        let banner = try read(ApplicationPayload.sshBanner)
        #expect(banner.identification == "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7")
        #expect(banner.softwareVersion == "OpenSSH_9.2p1")
    }

    @Test(arguments: 0..<ApplicationPayload.sshBanner.count)
    func takesWhatIsThere(length: Int) throws {
        let bytes = Array(ApplicationPayload.sshBanner.prefix(length))
        guard length >= 4 else {
            #expect(throws: WireError.truncated(.ssh)) { try read(bytes) }
            return
        }
        let banner = try read(bytes)
        #expect("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7".hasPrefix(banner.identification))
        #expect((banner.softwareVersion == nil) == (length <= 8))
    }

    @Test func endsAtALineFeedAlone() throws {
        #expect(try read(Array("SSH-1.5-x\nrest".utf8)).identification == "SSH-1.5-x")
    }

    @Test func keepsNoMoreThan255Characters() throws {
        let banner = try read(Array("SSH-2.0-\(String(repeating: "v", count: 400))".utf8))
        #expect(banner.identification.utf8.count == 255)
        #expect(banner.softwareVersion?.utf8.count == 247)
    }

    @Test func replacesControlBytes() throws {
        #expect(try read(Array("SSH-2.0-\u{1b}[31mx\r\n".utf8)).softwareVersion == "?[31mx")
    }

    @Test func refusesWhatBeginsOtherwise() {
        #expect(throws: WireError.malformed(.ssh)) { try read(Array("HTTP/1.1 200 OK\r\n".utf8)) }
    }

    private func read(_ bytes: [UInt8]) throws -> SSHBanner {
        try bytes.reading { try SSHBanner($0) }
    }
}
