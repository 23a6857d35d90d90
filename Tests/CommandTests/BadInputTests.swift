import Foundation
import Support
import Testing

/// Whatever is wrong with the input, there is one line that says what, and an exit code that scripts can tell apart.
@Suite("Bad input")
struct BadInputTests {
    private let folder: ScratchFolder
    private let first = SharedCaptures.own.appendingPathComponent("first/first.pcap")

    init() throws {
        folder = try ScratchFolder()
    }

    private func expectNoInput(
        _ outcome: Command.Outcome,
        _ words: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.status == 2, sourceLocation: sourceLocation)
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.errors.hasPrefix("portolan: "), sourceLocation: sourceLocation)
        for word in words {
            #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation)
        }
        #expect(outcome.flows.isEmpty, sourceLocation: sourceLocation)
    }

    @Test func saysThatThereIsNoSuchFile() throws {
        expectNoInput(try Command.replay(folder.path("absent.pcap")), "absent.pcap", "no such file")
    }

    @Test func saysThatItIsADirectory() throws {
        expectNoInput(try Command.replay(folder.url), "directory")
    }

    @Test func saysThatItIsEmpty() throws {
        expectNoInput(try Command.replay(folder.write([], as: "zero.pcap")), "zero.pcap", "empty")
    }

    @Test(arguments: ["x", "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", "frame.number,ip.src\n1,10.0.0.1\n"])
    func saysThatTextIsNoCapture(text: String) throws {
        expectNoInput(try Command.replay(folder.write(Array(text.utf8), as: "notes.txt")), "notes.txt", "not a capture")
    }

    @Test func saysWhoMayNotReadIt() throws {
        let secret = try folder.write(Data(contentsOf: first), as: "secret.pcap")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: secret.path)
        guard geteuid() == 0 else {
            expectNoInput(try Command.replay(secret), "permission denied")
            return
        }
        // Root may read everything. Nobody may not even enter where this was built, so the program comes along.
        let copy = folder.path("portolan")
        try FileManager.default.copyItem(at: BuiltProgram.location, to: copy)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
        expectNoInput(
            try Command.shell(
                "setpriv --reuid 65534 --regid 65534 --clear-groups \"$1\" replay -r \"$2\"",
                copy.path,
                secret.path
            ),
            "secret.pcap",
            "permission denied"
        )
    }

    @Test(arguments: ["text", "json"]) func namesTheLinkTypeThatIsNotKnown(format: String) throws {
        let capture = CaptureBytes(linkType: 147, [.udp(at: 1_000_000, ports: (1, 2))])
        let outcome = try Command.replay(folder.write(capture.pcap, as: "user.pcap"), options: ["-o", format])
        expectNoInput(outcome, "link type user0")
    }

    @Test func readsNothingWhenOneOfSeveralIsBad() throws {
        let notes = try folder.write(Array("notes".utf8), as: "notes.txt")
        let outcome = try Command.replay(first, notes, options: ["-o", "json"])
        expectNoInput(outcome, "notes.txt")
        #expect(outcome.output.isEmpty)
    }

    @Test func saysThatStandardInputIsEmpty() throws {
        expectNoInput(try Command.shell("\"$portolan\" replay -r - </dev/null"), "standard input", "empty")
    }

    @Test func saysThatStandardInputIsClosed() throws {
        expectNoInput(try Command.shell("\"$portolan\" replay -r - <&-"), "standard input")
    }

    @Test func keepsControlCharactersOfAFileNameToItself() throws {
        let outcome = try Command.replay(folder.path("a\u{1b}[31m\nb.pcap"))
        expectNoInput(outcome, "no such file")
        #expect(!outcome.errors.contains("\u{1b}"))
    }

    @Test func readsATornCaptureUpToTheTear() throws {
        let whole = try Data(contentsOf: first)
        let torn = try folder.write(whole.prefix(1000), as: "torn.pcap")
        let outcome = try Command.replay(torn, options: ["-o", "json"])
        #expect(outcome.status == 0)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("torn.pcap ends early"))
        #expect(outcome.summary?["capture.truncated"] == "1")
        #expect(outcome.summary?["capture.packets"] == "5")
    }

    @Test func takesAHeaderWithoutPacketsForACapture() throws {
        let header = try folder.write(CaptureBytes().pcap, as: "header.pcap")
        let outcome = try Command.replay(header, options: ["-o", "json"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.records.count == 1)
        #expect(outcome.summary?["capture.packets"] == "0")
        #expect(try Command.replay(header).output == "0 frames, 0 B\n")
    }
}
