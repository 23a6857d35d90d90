import Addressing
import Capture
import Glibc
import Pipeline

/// LiveDriver IFACE SECONDS flow|count [BUFFER-MiB [SNAPSHOT-LENGTH [whole]]] [journal=FILE] : live capture as a program would
/// do it, for live.py.
///
/// `flow` feeds a pipeline that tells nobody, `count` only takes the packets. With a journal the pipeline is told of the host
/// first, and says of each flow that begins who its ends are; the CPU time that reading it took is told, in seconds. Prints
/// one line as live_pcap does. An IFACE with a slash in it is a capture file, which takes as long as it takes: what the
/// pipeline costs by itself.
@main
enum LiveDriver {
    static func main() throws {
        let (words, options) = Words.parted(CommandLine.arguments)
        guard words.count >= 4, let seconds = Int64(words[2]) else { throw Usage() }
        var run = Run(feedsPipeline: words[3] == "flow")
        if let journal = options["journal"] {
            try run.read(journal: journal, capturingOn: words[1])
            print("setup_cpu \(Double(now(CLOCK_PROCESS_CPUTIME_ID)) / 1e9)")
        }
        if words[1].contains("/") {
            try run.follow(file: words[1])
            print("got \(run.packets) kernel_recv unknown drop 0 flows \(run.flows) polls 0")
            return
        }
        var live = LiveOptions()
        if words.count > 4, let size = Int(words[4]) { live.bufferSize = size << 20 }
        if words.count > 5, let length = Int(words[5]) { live.snapshotLength = length }
        live.cutsBulk = words.count <= 6
        var capture = try LiveCapture(interface: words[1], options: live, number: 0)
        try run.follow(&capture, until: now() + seconds * 1_000_000_000)
        let statistics = capture.statistics()
        print(
            "got \(run.packets) kernel_recv \(text(statistics.received)) drop \(text(statistics.dropped))",
            "flows \(run.flows) polls \(run.polls)"
        )
    }

    private static func text(_ count: UInt64?) -> String { count.map { "\($0)" } ?? "unknown" }

    struct Usage: Error {}

    /// Nanoseconds since 1970, or what another clock says.
    static func now(_ clock: clockid_t = CLOCK_REALTIME) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// A command line in two parts: words in their order, and options by name.
private enum Words {
    static func parted(_ arguments: [String]) -> (words: [String], options: [Substring: String]) {
        var words: [String] = []
        var options: [Substring: String] = [:]
        for argument in arguments {
            if let sign = argument.firstIndex(of: "=") {
                options[argument[..<sign]] = String(argument[argument.index(after: sign)...])
            } else {
                words.append(argument)
            }
        }
        return (words, options)
    }
}
