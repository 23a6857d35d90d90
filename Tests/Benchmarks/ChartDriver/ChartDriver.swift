import Addressing
import Dashboard
import Glibc
import Graph
import Terminal

/// CPU milliseconds of frames of the screen, from a snapshot to the bytes for the terminal: 5,000 ends, 20,000 edges, 200 × 60.
@main
enum ChartDriver {
    static func main() {
        let degrees = GraphDegrees(RecordedGraph.shop.picture)
        guard !degrees.asks.isEmpty else {
            print("no recorded graph")
            exit(1)
        }
        let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 400
        var crowd = GraphCrowd(degrees)
        var run = FrameRun()
        print("ends \(crowd.picture.endpoints.count)")
        print("edges \(crowd.picture.edges.count)")
        run.frame(crowd)
        print("first \(run.times[0])")
        print("shown \(run.header)")
        run.times = []
        var (updates, steady): ([Double], [Double]) = ([], [])
        var (bytes, cells) = (0, 0)
        for _ in 0..<rounds {
            crowd.advance()
            run.frame(crowd)
            bytes += run.bytes.count
            cells += run.changed
            updates += run.times
            run.times = []
            // Four frames a second are drawn while news come once.
            for _ in 0..<3 { run.frame(nil) }
            steady += run.times
            run.times = []
        }
        print("frame_p50 \(percentile(updates + steady, 0.5))")
        print("frame_p99 \(percentile(updates + steady, 0.99))")
        print("update_p50 \(percentile(updates, 0.5))")
        print("update_p99 \(percentile(updates, 0.99))")
        print("update_most \(rounded(updates.max() ?? 0))")
        print("steady_p50 \(percentile(steady, 0.5))")
        print("steady_p99 \(percentile(steady, 0.99))")
        print("between_mean \(rounded(run.between.reduce(0, +) / Double(max(run.between.count, 1))))")
        print("between_most \(rounded(run.between.max() ?? 0))")
        print("bytes_a_frame \(bytes / max(rounds, 1))")
        print("cells_a_frame \(cells / max(rounds, 1))")
        print("update_take \(rounded((run.parts["take"] ?? 0) / Double(rounds + 1)))")
        print("update_rest \(rounded(((run.parts["draw"] ?? 0) + (run.parts["differ"] ?? 0)) / Double(rounds + 1)))")
    }

    static func percentile(_ times: [Double], _ part: Double) -> Double {
        let sorted = times.sorted()
        return sorted.isEmpty ? 0 : rounded(sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))])
    }

    static func rounded(_ time: Double) -> Double { (time * 100).rounded() / 100 }
}

/// Frames one after the other, as the program draws them.
struct FrameRun {
    private var dashboard = Dashboard()
    private var differ = GridDiffer(depth: .sixteen)
    private var shown: CellGrid?
    private(set) var bytes: [UInt8] = []
    private(set) var changed = 0
    /// Milliseconds of CPU; and those after a frame, for what is not a part of it.
    var times: [Double] = []
    private(set) var between: [Double] = []
    private(set) var parts: [String: Double] = [:]
    private var now = Timestamp(nanoseconds: 0)

    init() {}

    /// A frame; of what was told last where nothing new is.
    mutating func frame(_ crowd: GraphCrowd?) {
        var snapshot: Snapshot?
        if let crowd {
            now = Timestamp(nanoseconds: crowd.second * 1_000_000_000)
            var made = Snapshot(origin: .agent(host: "host", socket: ""), time: now, graph: crowd.picture)
            made.rates = crowd.rates
            snapshot = made
        }
        let start = Self.processor()
        if let snapshot { dashboard.take(snapshot) }
        let taken = Self.processor()
        var grid = CellGrid(width: 200, height: 60)
        dashboard.draw(on: &grid, at: now)
        let drawn = Self.processor()
        bytes.removeAll(keepingCapacity: true)
        differ.append(from: shown, to: grid, to: &bytes)
        let end = Self.processor()
        times.append(end - start)
        parts["take", default: 0] += taken - start
        parts["draw", default: 0] += drawn - taken
        parts["differ", default: 0] += end - drawn
        _ = dashboard.ponder()
        between.append(Self.processor() - end)
        changed = differences(grid)
        shown = grid
    }

    private func differences(_ grid: CellGrid) -> Int {
        guard let shown else { return grid.width * grid.height }
        var count = 0
        for row in 0..<grid.height {
            for column in 0..<grid.width where grid[row, column] != shown[row, column] { count += 1 }
        }
        return count
    }

    /// The first line.
    var header: String { shown?.text(row: 0).split(separator: " ").joined(separator: " ") ?? "" }

    private static func processor() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
}
