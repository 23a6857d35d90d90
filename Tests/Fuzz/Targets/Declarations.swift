import Baseline
import Configuration
import Declarations
import Detection
import Glibc
import Policy

/// Files that people write, and that others may have: a policy, a configuration, a baseline, a feed; the first byte says which.
///
/// They are read from a file, as ever, one in memory.
func fuzzDeclarations(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let input = unsafe FuzzInput(start, count), let file = declared else { return -1 }
    ftruncate(file.descriptor, 0)
    var bytes = input.bytes
    guard unsafe pwrite(file.descriptor, &bytes, bytes.count, 0) == bytes.count else { return -1 }
    switch input.choice % 5 {
    case 0: _ = try? DeclaredPolicy.read(.file(file.path), catalog: Detectors.catalog)
    case 1: _ = try? DeclaredPolicy.read(.sections([file.path]), catalog: Detectors.catalog)
    case 2: _ = try? Configuration.read(.named(file.path))
    case 3:
        guard let baseline = try? Baseline.read(bytes, of: "baseline") else { return 0 }
        // What is written is read again, and is the same.
        guard let again = try? Baseline.read(Array(baseline.text.utf8), of: "again") else { fatalError("unreadable") }
        precondition(again == baseline)
        _ = (baseline.networkPolicies, baseline.ruleset, baseline.composeFiles)
    default:
        let feeds = FeedFormat.allCases.map { Feed(name: "fuzz", file: file.path, format: $0) }
        _ = FeedTables.load(feeds)
    }
    return 0
}

private let declared: (descriptor: Int32, path: String)? = {
    var name = Array("/dev/shm/portolan-fuzz-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&name)
    guard descriptor >= 0 else { return nil }
    unsafe unlink(name)
    return (descriptor, "/proc/self/fd/\(descriptor)")
}()
