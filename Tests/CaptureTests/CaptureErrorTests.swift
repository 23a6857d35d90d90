import Capture
import Glibc
import Testing

@Suite("Capture error")
struct CaptureErrorTests {
    @Test(
        arguments: [
            (.noSuchFile, "no such file; check the path"),
            (.isDirectory, "it is a directory; name the capture files in it"),
            (.permissionDenied, "permission denied; run as a user who may read it"),
            (.empty, "it is empty (0 bytes); record the capture again"),
            (.tornHeader(.pcapng), "it ends inside its pcapng header; copy or record the capture again"),
            (.notACapture, "not a capture; pcap and pcapng are read, plain or packed with gzip"),
            (.compressed("xz"), "it is packed with xz; unpack it first (only gzip is read directly)"),
            (.damagedCompression, "its gzip data are damaged; copy the file again"),
            (
                .unsupportedVersion(.pcap, major: 9, minor: 4),
                "pcap version 9.4 is not known; convert it with editcap -F pcapng"
            ),
            (.system(EIO), "Input/output error; check the disk it lies on"),
            (
                .system(EMFILE),
                "Too many open files; raise the limit with ulimit -n, or join the captures with mergecap first"
            ),
        ] as [(CaptureError.Reason, String)]
    )
    func saysWhatAndWhatToDo(reason: CaptureError.Reason, text: String) {
        #expect("\(CaptureError(path: "a.pcap", reason: reason))" == "cannot read a.pcap: \(text)")
    }

    @Test func staysOneLineWhateverTheFileIsCalled() {
        let error = CaptureError(path: "a\n\u{1b}[31mb.pcap", reason: .empty)
        #expect("\(error)".hasPrefix("cannot read a\u{fffd}\u{fffd}[31mb.pcap: "))
        #expect("\(CaptureError(path: "-", reason: .empty))".hasPrefix("cannot read standard input: "))
    }

    @Test(
        arguments: [
            ([], .empty),
            ([0x41], .notACapture),
            (Array("GET / HTTP/1.1\r\n\r\n".utf8), .notACapture),
            ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], .compressed("xz")),
            ([0x28, 0xb5, 0x2f, 0xfd], .compressed("zstd")),
            ([0x42, 0x5a, 0x68, 0x39], .compressed("bzip2")),
            ([0xd4, 0xc3, 0xb2], .notACapture),
            ([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4], .tornHeader(.pcap)),
            ([0x0a, 0x0d, 0x0d, 0x0a, 0x1c, 0, 0, 0], .tornHeader(.pcapng)),
        ] as [([UInt8], CaptureError.Reason)]
    )
    func refusesWhatIsNoCapture(bytes: [UInt8], reason: CaptureError.Reason) {
        #expect(throws: CaptureError(path: "memory", reason: reason)) { try Reading(bytes) }
    }

    @Test func refusesVersionsNobodyWrote() {
        var pcap = CaptureBytes()
        pcap.pcapHeader(version: (2, 5))
        #expect(throws: CaptureError(path: "memory", reason: .unsupportedVersion(.pcap, major: 2, minor: 5))) {
            try Reading(pcap.bytes)
        }
        var pcapng = CaptureBytes(bigEndian: true)
        pcapng.sectionHeader(major: 2)
        #expect(throws: CaptureError(path: "memory", reason: .unsupportedVersion(.pcapng, major: 2, minor: 0))) {
            try Reading(pcapng.bytes)
        }
        pcapng.bytes[8] = 0
        #expect(throws: CaptureError(path: "memory", reason: .notACapture)) { try Reading(pcapng.bytes) }
    }

    @Test(
        arguments: [("/nonexistent/a.pcap", .noSuchFile), ("/", .isDirectory), ("/dev/null", .empty)]
            as [(String, CaptureError.Reason)]
    )
    func refusesWhatCannotBeOpened(path: String, reason: CaptureError.Reason) {
        #expect(throws: CaptureError(path: path, reason: reason)) { _ = try CaptureFileReader(path: path) }
    }

    @Test func passesOnWhatTheSystemSays() {
        // Reading one's own memory from address 0 fails.
        let path = "/proc/self/mem"
        #expect(throws: CaptureError(path: path, reason: .system(EIO))) { _ = try CaptureFileReader(path: path) }
    }
}
