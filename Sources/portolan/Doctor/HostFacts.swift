/// What was found out about this host and this process; nothing in it is judged.
struct HostFacts: Equatable {
    /// Whether something is there, as far as one may know.
    enum Presence: Equatable {
        case present
        case absent
        /// Why it could not be found out, in a few words.
        case unknown(String)
    }

    enum Landlock: Equatable {
        case version(Int32)
        /// As errno(3).
        case refused(Int32)
    }

    /// A container runtime's socket.
    struct Runtime: Equatable {
        var name: String
        var path: String
        var answer: Answer

        enum Answer: Equatable {
            case connected
            /// Nothing lies there: the runtime is not installed, or not running.
            case noSocket
            /// errno(3) of connect(2).
            case refused(Int32)
        }
    }

    /// As uname(2) says.
    var kernelRelease: String
    /// Whether the kernel can load modules: it has a folder of them.
    var hasModules: Bool
    /// What the capturing library calls itself.
    var library: String
    /// Why a capture of all interfaces could not be opened; nil when it could.
    var captureFailure: String?
    var features: [KernelFeature: Presence]
    /// Whether the kernel keeps a program to the files that it is to open, and since which version of that; landlock(7).
    var landlock: Landlock
    /// Versions of the mounted control group hierarchies, 1 and 2.
    var cgroupVersions: Set<Int>
    /// Whether the process identifiers here are the host's; nil when that cannot be told.
    var seesHostProcesses: Bool?
    /// The effective ones, a bit each; nil when /proc does not tell.
    var capabilities: UInt64?
    var isRoot: Bool
    /// This program's file.
    var executable: String
    var runtimes: [Runtime]
    /// Whether this program asks runtimes through the CRI.
    var speaksCRI: Bool
}
