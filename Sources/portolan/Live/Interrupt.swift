import Glibc
import Synchronization

/// Whether a person or the system asked this process to end: SIGINT, SIGTERM.
enum Interrupt {
    private static let wasAsked = Atomic(false)

    /// Takes these signals over. A second one ends the process as it always did.
    static func watch() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                Interrupt.wasAsked.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }

    static var isThere: Bool { wasAsked.load(ordering: .relaxed) }
}
