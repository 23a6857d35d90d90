@testable import Containers
@testable import Runtimes

/// What runtimes say of containers as JSON, and what the kernel writes of them in text; the first byte says which.
func fuzzRuntimes(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let input = unsafe FuzzInput(start, count) else { return -1 }
    let bytes = input.bytes
    switch input.choice % 10 {
    case 0:
        var ledger = RuntimeLedger()
        let list = decoded(TolerantList<EngineContainer>.self, from: bytes)?.elements ?? []
        _ = ledger.take(list, isAnew: true)
        _ = ledger.take(list, isAnew: false)
    case 1:
        var ledger = RuntimeLedger()
        if let event = decoded(EngineEvent.self, from: bytes) { _ = ledger.take(event) }
    case 2: _ = decoded(EngineInspection.self, from: bytes)
    case 3: _ = decoded(EngineVersion.self, from: bytes)
    case 4: _ = decoded(OCIConfiguration.self, from: bytes)
    case 5: _ = CgroupPath(bytes: bytes[...])
    case 6: _ = CgroupMembership(text: bytes[...])
    case 7: _ = MountEntry.entries(in: bytes[...], marked: ["nsfs", "cgroup"])
    case 8: _ = InotifyEvents(bytes[...])
    default: _ = ProcessStat(bytes[...])
    }
    return 0
}
