import CLinux
import Glibc

/// What the program may no longer ask of the kernel, whoever speaks in its name. seccomp(2)
///
/// A list of what is refused, with EPERM, and no list of what is allowed: `Docs/Decisions/0018-calls-are-denied-by-name.md` says
/// why. A filter cannot be taken back. It stands beside capabilities: those say what root may do, this what nobody here does.
package enum SystemCallFilter {
    /// Whom it binds, and how much it refuses. Sources/CLinux/SystemCallFilter.c names the calls.
    package enum Strength: Hashable, Sendable {
        /// All threads, the privileged one too: other programs, others' memory, mounts, modules, clocks, keys. To be installed
        /// before any of `.thread`, and once is enough.
        case process
        /// The calling thread and those it makes from then on, and on top: to enter or make namespaces, to become another user,
        /// to open control groups by their number.
        case thread
        /// As `thread`, with all that `process` refuses, and on top whatever speaks to anybody: sockets, queues, shared memory. For
        /// what reads files of strangers.
        case reader
    }

    /// What came of it.
    package enum Outcome: Hashable, Sendable {
        case installed
        /// The kernel has no such filters, or we know none for its processor. Whoever asked should say so, and may go on.
        case unavailable
    }

    /// Refuses from now on what `strength` names.
    ///
    /// Also calls `noNewPrivileges`. Throws with EBUSY when `.process` finds a thread that has a filter of its own.
    package static func install(_ strength: Strength) throws(PrivilegeError) -> Outcome {
        guard CLinux_hasSystemCallFilter() else { return .unavailable }
        try noNewPrivileges()
        let status =
            switch strength {
            case .process: CLinux_filterProcess()
            case .thread: CLinux_filterThread()
            case .reader: CLinux_filterReader()
            }
        if status == 0 { return .installed }
        throw .system(operation: "filter system calls", code: status < 0 ? errno : EBUSY)
    }

    /// Makes sure that nothing this thread, or one that it makes from then on, could start has more rights than it: before there
    /// are others, that is the whole process. prctl(2), PR_SET_NO_NEW_PRIVS.
    package static func noNewPrivileges() throws(PrivilegeError) {
        if CLinux_noNewPrivileges() != 0 { throw .system(operation: "forbid new privileges", code: errno) }
    }
}
