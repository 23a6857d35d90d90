import Glibc

/// StoreDriver write|raw|build|ask DATABASE … : what the agent's memory costs, for store.py. A line of `name value` each.
///
///     write DATABASE RECORDS BATCH       varied flow records through StoreWriter: records a second
///     raw DATABASE FROM BATCH            the rows of another database through SQLite's own calls: rows a second
///     build DATABASE EDGES MINUTES       minutes of edges through StoreWriter
///     ask DATABASE MINUTES               by container, port and time: seconds each
@main
enum StoreDriver {
    static func main() throws {
        let words = CommandLine.arguments
        guard words.count >= 4 else { throw Usage() }
        switch words[1] {
        case "write":
            guard words.count == 5, let count = Int(words[3]), let size = Int(words[4]), size > 0 else { throw Usage() }
            try WriteRun(path: words[2]).run(count, inBatchesOf: size)
        case "raw":
            guard words.count == 5, let size = Int(words[4]), size > 0 else { throw Usage() }
            try RawRun(path: words[2]).run(from: words[3], inBatchesOf: size)
        case "build":
            guard words.count == 5, let edges = Int(words[3]), let minutes = Int(words[4]) else { throw Usage() }
            try MinuteRun(path: words[2]).build(edges: edges, minutes: minutes)
        case "ask":
            guard let minutes = Int(words[3]) else { throw Usage() }
            try MinuteRun(path: words[2]).ask(minutes: minutes)
        default: throw Usage()
        }
    }

    struct Usage: Error {}

    static func tell(_ name: String, _ value: some CustomStringConvertible) { print(name, value) }
}

/// Adds up what a piece of work takes, time and time again.
struct Stopwatch {
    /// Seconds by the clock, and of this process's processors.
    private(set) var wall = 0.0
    private(set) var cpu = 0.0

    mutating func measure<Result>(_ work: () throws -> Result) rethrows -> Result {
        let (wall, cpu) = (Self.now(CLOCK_MONOTONIC), Self.now(CLOCK_PROCESS_CPUTIME_ID))
        let result = try work()
        self.wall += Self.now(CLOCK_MONOTONIC) - wall
        self.cpu += Self.now(CLOCK_PROCESS_CPUTIME_ID) - cpu
        return result
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
