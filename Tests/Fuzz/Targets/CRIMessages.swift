#if CRI
@testable import CRI
import Containers
import SwiftProtobuf

/// What a runtime answers through the CRI: pods, containers and a version. In one input both lists: so many bytes of pods as the first
/// two say, and behind them containers.
func fuzzCRI(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count >= 2 else { return -1 }
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
    let length = min(Int(bytes[0]) | Int(bytes[1]) << 8, count - 2)
    let (first, second) = (Array(bytes[2..<2 + length]), Array(bytes[(2 + length)...]))
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    _ = try? Runtime_V1_VersionResponse(serializedBytes: first, options: options)
    // Whoever sends one list that is none has sent nothing.
    let pods = try? Runtime_V1_ListPodSandboxResponse(serializedBytes: first, options: options)
    let containers = try? Runtime_V1_ListContainersResponse(serializedBytes: second, options: options)
    let inventory = CRIInventory(
        pods: pods ?? Runtime_V1_ListPodSandboxResponse(),
        containers: containers ?? Runtime_V1_ListContainersResponse(),
        keys: LabelKeys(),
        runtime: .containerd
    )
    precondition(inventory.containers.count <= count)
    var ledger = CRILedger()
    precondition(ledger.take(inventory.containers, isAnew: true).count == inventory.containers.count)
    precondition(ledger.take(inventory.containers, isAnew: false).isEmpty)
    return 0
}
#endif
