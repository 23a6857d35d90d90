import Glibc

/// Ends a `TerminalDevice.wait` from any thread. It keeps the descriptor open for as long as anybody has it.
package final class TerminalWaker: Sendable {
    let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    package func wake() {
        var one: UInt64 = 1
        // A counter that is full wakes as well.
        _ = unsafe write(descriptor, &one, 8)
    }

    func drain() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, 8)
    }
}
