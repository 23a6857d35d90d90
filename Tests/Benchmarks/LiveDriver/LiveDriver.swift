import Addressing
import Capture
import Glibc
import Pipeline

/// LiveDriver IFACE SECONDS flow|count [BUFFER-MiB [SNAPSHOT-LENGTH]] : live capture as a program would do it, for live.py.
///
/// `flow` feeds a pipeline that tells nobody, `count` only takes the packets. Prints one line as live_pcap does.
@main
enum LiveDriver {
    static func main() throws {
        let words = CommandLine.arguments
        guard words.count >= 4, let seconds = Int64(words[2]) else { throw Usage() }
        var options = LiveOptions()
        if words.count > 4, let size = Int(words[4]) { options.bufferSize = size << 20 }
        if words.count > 5, let length = Int(words[5]) { options.snapshotLength = length }
        var capture = try LiveCapture(interface: words[1], options: options, number: 0)
        var run = Run(feedsPipeline: words[3] == "flow")
        try run.follow(&capture, until: now() + seconds * 1_000_000_000)
        let statistics = capture.statistics()
        print(
            "got \(run.packets) kernel_recv \(text(statistics.received)) drop \(text(statistics.dropped))",
            "flows \(run.flows) polls \(run.polls)"
        )
    }

    private static func text(_ count: UInt64?) -> String { count.map { "\($0)" } ?? "unknown" }

    struct Usage: Error {}

    /// Nanoseconds since 1970.
    static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
