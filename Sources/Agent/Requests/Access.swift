import Glibc
package import HTTP

/// Who may ask an agent, and who may have it do something.
package struct Access: Sendable {
    /// Whom the agent runs as; may do all, as root may.
    private let owner: UInt32
    /// Whose members may read; nil when only the owner may.
    private let readers: UInt32?

    package init(owner: UInt32, readers: UInt32?) {
        self.owner = owner
        self.readers = readers
    }

    /// The number of a group: its name or the number itself; nil when there is none.
    package static func group(_ name: String) -> UInt32? {
        if let number = UInt32(name) { return number }
        var entry = Glibc.group()
        var found: UnsafeMutablePointer<Glibc.group>?
        var room = [CChar](repeating: 0, count: 1 << 16)
        guard getgrnam_r(name, &entry, &room, room.count, &found) == 0, found != nil else { return nil }
        return entry.gr_gid
    }

    package func mayAct(_ peer: HTTPPeer?) -> Bool {
        guard let peer else { return false }
        return peer.user == 0 || peer.user == owner
    }

    package func mayRead(_ peer: HTTPPeer?) -> Bool {
        guard let peer else { return false }
        if mayAct(peer) { return true }
        guard let readers else { return false }
        return peer.group == readers || Self.groups(of: peer.user, peer.group).contains(readers)
    }

    /// All groups that the system's databases give a user. getgrouplist(3)
    private static func groups(of user: UInt32, _ primary: UInt32) -> [UInt32] {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 1 << 14)
        guard getpwuid_r(user, &entry, &room, room.count, &found) == 0, found != nil else { return [] }
        var count: Int32 = 1024
        var groups = [gid_t](repeating: 0, count: Int(count))
        guard getgrouplist(entry.pw_name, primary, &groups, &count) >= 0 else { return [] }
        return groups.prefix(Int(count)).map { $0 }
    }
}
