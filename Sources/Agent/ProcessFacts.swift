import Glibc

/// What this process takes. proc_pid_stat(5). Nil is not known.
package struct ProcessFacts: Hashable, Sendable {
    package var residentBytes: UInt64?
    package var threads: UInt64?
    package var descriptors: UInt64?

    package init() {}

    /// As it stands.
    package static var now: Self {
        var facts = Self()
        for line in contents("/proc/self/status").split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count > 1 else { continue }
            if words[0] == "VmRSS:" { facts.residentBytes = UInt64(words[1]).map { $0 * 1024 } }
            if words[0] == "Threads:" { facts.threads = UInt64(words[1]) }
        }
        facts.descriptors = entries("/proc/self/fd")
        return facts
    }

    private static func contents(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var room = [UInt8](repeating: 0, count: 8192)
        let count = read(descriptor, &room, room.count)
        return count > 0 ? String(decoding: room.prefix(count), as: UTF8.self) : ""
    }

    /// How many there are, but for the two that name the folder and the one that reads it.
    private static func entries(_ path: String) -> UInt64? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var count: UInt64 = 0
        while readdir(folder) != nil { count += 1 }
        return count < 3 ? nil : count - 3
    }
}
