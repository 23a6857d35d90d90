import Agent
import Glibc

/// Read off the kernel's files. proc_pid_status(5)
extension ProcessFacts {
    /// As it stands.
    static var now: Self {
        var facts = Self()
        for line in (TextFile.contents("/proc/self/status") ?? "").split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count > 1 else { continue }
            if words[0] == "VmRSS:" { facts.residentBytes = UInt64(words[1]).map { $0 * 1024 } }
            if words[0] == "Threads:" { facts.threads = UInt64(words[1]) }
        }
        facts.descriptors = entries("/proc/self/fd")
        return facts
    }

    /// How many there are, but for the two that name the folder and the one that reads it.
    private static func entries(_ path: String) -> UInt64? {
        guard let folder = unsafe opendir(path) else { return nil }
        defer { unsafe closedir(folder) }
        var count: UInt64 = 0
        while unsafe readdir(folder) != nil { count += 1 }
        return count < 3 ? nil : count - 3
    }
}
