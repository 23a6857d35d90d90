import Glibc

/// What the system calls a user. getpwuid(3)
package enum UserName {
    /// Empty where nobody is known by that number.
    package static func of(_ user: UInt32) -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 1 << 14)
        guard getpwuid_r(user, &entry, &room, room.count, &found) == 0, found != nil, let name = entry.pw_name else {
            return ""
        }
        return String(cString: name)
    }
}
