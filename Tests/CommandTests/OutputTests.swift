import Foundation
import Support
import Testing

@Suite("Standard output that fails")
struct OutputTests {
    private static let first = "Captures/first/first.pcap"

    @Test(arguments: ["text", "json"]) func saysThatTheDiskIsFull(format: String) throws {
        let outcome = try Command.shell("\"$portolan\" replay -r \"$1\" -o \"$2\" >/dev/full", Self.first, format)
        #expect(outcome.status == 1)
        #expect(
            outcome.errorLines == [
                "portolan: cannot write to standard output: No space left on device; free some space and run it again"
            ]
        )
    }

    @Test(arguments: ["text", "json"]) func saysThatItIsClosed(format: String) throws {
        let outcome = try Command.shell("\"$portolan\" replay -r \"$1\" -o \"$2\" >&-", Self.first, format)
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("Bad file descriptor"))
    }

    @Test func stopsReadingWhenNobodyReadsTheOutput() throws {
        let folder = try ScratchFolder()
        let frames = (UInt64(0)..<100_000).map { number in
            let host = [10, 1, UInt8(number >> 8 & 0xff), UInt8(number & 0xff)]
            let port = UInt16(1024 + (number >> 16))
            return CaptureBytes.Frame.udp(at: number, from: host, ports: (port, 9))
        }
        let capture = try folder.write(CaptureBytes(frames).pcap, as: "many.pcap")
        // cat ends by SIGPIPE, 128 + 13, only when somebody stopped reading before its end.
        let outcome = try Command.shell(
            "cat \"$1\" | \"$portolan\" replay -r - -o json --events all | head -c 10 >/dev/null; echo \"${PIPESTATUS[@]}\"",
            capture.path
        )
        #expect(outcome.output == "141 0 0\n")
        #expect(outcome.errors.isEmpty)
    }

    @Test func survivesAReaderOfMessagesWhoLeft() throws {
        let outcome = try Command.shell(
            "exec 3> >(exit 0); wait $!; \"$portolan\" replay -r /absent.pcap 2>&3; echo $?"
        )
        #expect(outcome.output == "2\n")
    }
}
