import Addressing
import Records
import Store

/// Flow records through `StoreWriter`, as the agent hands them over.
struct WriteRun {
    private let writer: StoreWriter

    init(path: String) throws {
        writer = StoreWriter(try Store(path: path))
        try writer.begin(at: SampleFlows.start, version: "benchmark")
    }

    func run(_ count: Int, inBatchesOf size: Int) throws {
        var flows = SampleFlows()
        var watch = Stopwatch()
        var written = 0
        while written < count {
            var batch = StoreBatch()
            batch.ended = (0..<min(size, count - written)).map { _ in flows.next() }
            let time = flows.time
            try watch.measure { try writer.write(batch, at: time) }
            written += batch.ended.count
        }
        try writer.end(at: flows.time)
        StoreDriver.tell("rows", written)
        StoreDriver.tell("wall", watch.wall)
        StoreDriver.tell("cpu", watch.cpu)
    }
}
