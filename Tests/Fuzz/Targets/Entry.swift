import Glibc

/// What is fuzzed: one program has all, as building and linking one takes the time of one. The environment says which.
private let targets: [String: @Sendable (UnsafePointer<UInt8>, Int) -> CInt] = {
    var targets: [String: @Sendable (UnsafePointer<UInt8>, Int) -> CInt] = unsafe [
        "FuzzDissector": fuzzDissector, "FuzzPcap": fuzzPcap, "FuzzPcapng": fuzzPcapng, "FuzzGzip": fuzzGzip,
        "FuzzJournal": fuzzJournal, "FuzzNotes": fuzzNotes, "FuzzDeclarations": fuzzDeclarations,
        "FuzzRuntimes": fuzzRuntimes, "FuzzNetlink": fuzzNetlink, "FuzzHTTP": fuzzHTTP, "FuzzFilter": fuzzFilter,
        "FuzzRecords": fuzzRecords, "FuzzRows": fuzzRows, "FuzzKeys": fuzzKeys,
    ]
    #if CRI
    unsafe targets["FuzzCRI"] = fuzzCRI
    #endif
    return unsafe targets
}()

private let target: @Sendable (UnsafePointer<UInt8>, Int) -> CInt = {
    let name = unsafe getenv("PORTOLAN_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    guard let target = unsafe targets[name] else {
        fatalError("PORTOLAN_FUZZ_TARGET is one of \(unsafe targets.keys.sorted())")
    }
    return unsafe target
}()

/// libFuzzer's entry. The input lies in a buffer of its exact size, so that the address sanitizer sees every read past its end.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt { unsafe target(start, count) }

/// An input of which the first byte says what is read, and the rest what is in it.
struct FuzzInput {
    let choice: Int
    let bytes: [UInt8]

    /// Nil for no byte at all, which is not kept.
    init?(_ start: UnsafePointer<UInt8>, _ count: Int) {
        guard count > 0 else { return nil }
        let all = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
        choice = Int(all[0])
        bytes = Array(all.dropFirst())
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}
