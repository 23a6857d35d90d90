import Addressing
import Agent
import Containers
import Graph
import HTTP
import Records
import Testing

@Suite("Numbers for Prometheus", .timeLimit(.minutes(1)))
struct MetricsTests {
    private func text(_ change: (inout AgentView) -> Void) async -> String {
        let desk = Desk()
        var view = AgentView(
            version: "1.2.3",
            started: Timestamp(nanoseconds: 5_000_000_000),
            time: Timestamp(nanoseconds: 0),
            summary: CaptureSummary(),
            graph: ConnectionGraph().picture,
            inventory: Inventory()
        )
        change(&view)
        let served = view
        let routes = Routes(desk: desk).routes
        async let reply = routes.numbers(for: HTTPRequest(method: "GET", target: "/metrics"))
        let serving = Task {
            while !Task.isCancelled {
                desk.serve(at: Timestamp(nanoseconds: 0)) { _ in served }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        defer { serving.cancel() }
        let answer = await reply
        #expect(answer.status == 200 && answer.type.hasPrefix("text/plain; version=0.0.4"))
        return String(decoding: answer.body, as: UTF8.self)
    }

    @Test func leaveOutWhatIsNotKnown() async {
        let unknown = await text { $0.summary.dropped = nil }
        #expect(!unknown.contains("dropped"))
        #expect(!unknown.contains("store_"))
        let known = await text { view in
            view.summary.dropped = 0
            view.store = StoreCondition(path: "/p", fault: "full", written: 3, lost: 1, waiting: 2, last: nil)
        }
        #expect(known.contains("\nportolan_capture_dropped_packets_total 0\n"))
        #expect(known.contains("\nportolan_store_lost_records_total 1\n"))
        #expect(known.contains("\nportolan_store_up 0\n"))
        #expect(known.contains("\nportolan_start_time_seconds 5\n"))
    }

    @Test func tellOfPacketsThatAreWrittenWhereAnyAre() async {
        #expect(!(await text { _ in }).contains("record"))
        let recording = await text { view in
            view.recording = RecordingCondition(
                path: "/r",
                mode: "all",
                fault: nil,
                frames: 7,
                leftOut: 1,
                written: 900,
                files: 2,
                bytes: 800,
                keptFiles: 3,
                keptBytes: 400,
                refused: 5
            )
        }
        for line in [
            "recorded_packets_total 7", "recorded_left_out_packets_total 1", "recorded_bytes_total 900",
            "recording_bytes 800", "recording_kept_files 3", "recording_kept_bytes 400",
            "recording_refused_files_total 5", "recording_up 1",
        ] { #expect(recording.contains("\nportolan_\(line)\n")) }
    }

    @Test func countAlertsByRuleWhereAnythingIsJudged() async {
        #expect(!(await text { _ in }).contains("alerts"))
        let judged = await text { view in
            var tally = AlertTally()
            tally.add(SampleAlert.record(1, at: 0, "flood.syn"))
            view.alerts = tally
        }
        #expect(judged.contains("# TYPE portolan_alerts_total counter\n"))
        #expect(judged.contains("\nportolan_alerts_total{rule=\"flood.syn\"} 1\n"))
        #expect(judged.contains("\nportolan_alerts_total{rule=\"scan.block\"} 0\n"))
    }

    @Test func haveHelpAndTypeOnceAndAreSmall() async {
        let text = await text { view in
            view.summary.frames = 7
            view.alerts = AlertTally()
        }
        let names = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }.map { $0.split(separator: " ")[2] }
        #expect(Set(names).count == names.count && names.count > 8)
        #expect(text.utf8.count < 16 << 10)
        for name in names { #expect(text.contains("# HELP \(name) ")) }
    }

    @Test func areAllThatThePortTells() async {
        let routes = Routes().routes
        #expect(await routes.numbers(for: HTTPRequest(method: "GET", target: "/v1/status")).status == 404)
        #expect(await routes.numbers(for: HTTPRequest(method: "POST", target: "/metrics")).status == 405)
    }
}
