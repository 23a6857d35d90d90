import KernelCalls

/// A system call that a filter may refuse.
struct Call: Sendable {
    let name: String
    let number: Int
    /// Whether every thread is refused it.
    let isOfProcess: Bool
    /// Whether only those are refused it that read files of strangers.
    let isOfReader: Bool

    static let everyOne: [Call] = (0..<KernelCalls_count()).map { index in
        let call = unsafe KernelCalls_at(index)
        return unsafe Call(
            name: String(cString: call.name),
            number: call.number,
            isOfProcess: call.strength == KernelCall_ofProcess,
            isOfReader: call.strength == KernelCall_ofReader
        )
    }

    /// What an agent is refused, on one thread or the other.
    static let all = everyOne.filter { !$0.isOfReader }

    static let ofProcess = all.filter(\.isOfProcess)

    /// Calls it with arguments that no kernel accepts; errno(3).
    var error: Int32 { KernelCalls_try(number) }

    static func error(of name: String) -> Int32 { all.first { $0.name == name }?.error ?? -1 }

    /// The names of those among `calls` that are refused with `error`.
    static func refused(_ calls: [Call] = all, with error: Int32) -> [String] {
        calls.filter { $0.error == error }.map(\.name)
    }
}
