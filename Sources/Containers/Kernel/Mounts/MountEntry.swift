/// One line of /proc/PID/mountinfo: a mount of that process's mount namespace. proc_pid_mountinfo(5).
struct MountEntry: Hashable {
    /// What of the file system is shown at the mount point: a directory of it, and for nsfs the namespace, such as
    /// `net:[4026532281]`.
    var root: String
    /// Relative to the process's root.
    var mountPoint: String
    /// Such as `cgroup2`, `cgroup` or `nsfs`.
    var fileSystem: String
    /// The file system's own options, with commas: a v1 hierarchy's controllers are among them.
    var options: String

    /// Nil when the line is none. Octal escapes (`\040`) are undone; bytes that are no UTF-8 are repaired.
    init?(_ line: ArraySlice<UInt8>) {
        let fields = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        // Between the sixth field and the dash there are none, one or several.
        guard fields.count >= 10, let dash = fields[6...].firstIndex(where: { $0.elementsEqual("-".utf8) }),
            fields.count > dash + 3
        else { return nil }
        root = Self.text(fields[3])
        mountPoint = Self.text(fields[4])
        fileSystem = Self.text(fields[dash + 1])
        options = Self.text(fields[dash + 3])
        guard mountPoint.utf8.first == UInt8(ascii: "/") else { return nil }
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        guard field.contains(UInt8(ascii: "\\")) else { return String(decoding: field, as: UTF8.self) }
        var bytes: [UInt8] = []
        var position = field.startIndex
        while position < field.endIndex {
            if field[position] == UInt8(ascii: "\\"), let byte = octal(field[(position + 1)...].prefix(3)) {
                bytes.append(byte)
                position += 4
            } else {
                bytes.append(field[position])
                position += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func octal(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 3, digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "7") }) else {
            return nil
        }
        return UInt8(exactly: digits.reduce(0) { $0 * 8 + Int($1 - UInt8(ascii: "0")) })
    }
}

extension MountEntry {
    /// Every line of a mountinfo that holds `marker`, such as ` - nsfs `: taking all apart costs more than looking for
    /// it.
    static func entries(in text: ArraySlice<UInt8>, marked markers: [String]) -> [Self] {
        var entries: [Self] = []
        for line in text.split(separator: UInt8(ascii: "\n"))
        where markers.contains(where: { line.firstStart(of: $0) != nil }) {
            if let entry = Self(line) { entries.append(entry) }
        }
        return entries
    }

    /// Mounts are limited to 100,000 a namespace (fs.mount-max), of which hardly any host has a tenth.
    static let longestText = 1 << 23
}
