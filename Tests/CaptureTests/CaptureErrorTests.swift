import Capture
import Testing

@Suite("Capture error")
struct CaptureErrorTests {
    @Test func saysWhatWhereAndWhatToDoInOneLine() {
        let error = CaptureError(path: "a\n\u{1b}b.pcap", reason: .noSuchFile)
        #expect("\(error)" == "cannot read a\u{fffd}\u{fffd}b.pcap: no such file; check the path")
    }
}
