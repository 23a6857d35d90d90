import Addressing
import Foundation
import Support
import Testing

@testable import portolan

@Suite("Status of an agent")
struct StatusTests {
    private func text(_ body: String) throws -> [String] {
        let hours = Timestamp(nanoseconds: 3 * 3_600_000_000_000)
        return try StatusText(Array(body.utf8), now: hours).text.split(separator: "\n").map(String.init)
    }

    @Test func isToldInLinesForPeople() throws {
        let lines = try text(
            #"{"observer":{"hostname":"node-a","version":"0.1.0","started":"1970-01-01T00:00:00.5Z"},"#
                + #""capture":{"packets":1204331,"dropped":0},"network":{"bytes":2048},"flows":17,"containers":3,"#
                + #""graph":{"endpoints":5,"edges":6}}"#
        )
        #expect(
            lines == [
                "portolan 0.1.0 on node-a, watching for 2 h", "1,204,331 packets captured, 0 lost",
                "17 flows ended, 2.0 KiB of IP", "3 containers", "5 endpoints and 6 edges in the graph",
            ]
        )
    }

    @Test func saysWhatIsRecorded() throws {
        let kept = #""kept":{"files":2,"bytes":2048,"refused":1}"#
        let going = try text(
            #"{"recording":{"path":"/r","mode":"all","packets":1000,"left_out":7,"kept":{"files":0}}}"#
        )
        #expect(going.last == "1,000 packets recorded in /r, 7 left out")
        let failing = try text(#"{"recording":{"path":"/r","fault":"no\u001broom","packets":0,\#(kept)}}"#)
        #expect(failing.suffix(2).first?.hasPrefix("records no packets: no") == true)
        #expect(failing.last == "2 files of packets kept for alerts, 2.0 KiB, 1 more had no room")
        #expect(!failing.joined().contains("\u{1b}"))
    }

    @Test func saysWhatIsNotKnown() throws {
        let lines = try text("{}")
        #expect(lines.first == "portolan of an unknown version")
        #expect(lines[1] == "an unknown number of packets captured, how many were lost is not known")
        #expect(!lines.contains { $0.contains("0 ") })
    }

    @Test func showsNoControlsOfAHostName() throws {
        #expect(try !text(#"{"observer":{"hostname":"a\u001b[31mb"}}"#)[0].contains("\u{1b}"))
    }

    @Test(arguments: ["", "[]", "{", "HTTP"]) func refusesWhatIsNoStatus(body: String) {
        #expect(throws: (any Error).self) { try text(body) }
    }

    @Test(arguments: ["status", "graph"]) func saysThatNoAgentIsThere(command: String) throws {
        let folder = try ScratchFolder()
        let path = folder.path("a.sock").path
        let outcome = try Command.run(command, "--socket", path)
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors == "portolan: no agent answers at \(path); portolan run starts one\n")
        #expect(try Command.run(command, "--socket", "").status == 64)
    }
}
