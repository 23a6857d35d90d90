import KernelCalls

/// A system call that a filter may refuse.
struct Call: Sendable {
    let name: String
    let number: Int
    /// Whether every thread is refused it, or only those that are not privileged.
    let isOfProcess: Bool

    static let all: [Call] = (0..<KernelCalls_count()).map { index in
        let call = unsafe KernelCalls_at(index)
        return unsafe Call(name: String(cString: call.name), number: call.number, isOfProcess: call.isOfProcess)
    }

    static let ofProcess = all.filter(\.isOfProcess)

    /// Calls it with arguments that no kernel accepts; errno(3).
    var error: Int32 { KernelCalls_try(number) }

    static func error(of name: String) -> Int32 { all.first { $0.name == name }?.error ?? -1 }

    /// The names of those among `calls` that are refused with `error`.
    static func refused(_ calls: [Call] = all, with error: Int32) -> [String] {
        calls.filter { $0.error == error }.map(\.name)
    }
}
