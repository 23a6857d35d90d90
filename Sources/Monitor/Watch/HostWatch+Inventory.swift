import Addressing
package import Containers
import Privilege
package import Runtimes

/// A look at the host, without watching it any further.
extension HostWatch {
    /// Takes the inventory and hears the runtimes that answer; returns what is here when all is known, or after `limit`.
    ///
    /// In place of `begin` and `loop`, on the caller's thread. Runtimes that have not answered by then are left behind with a
    /// remark.
    package func inventory(runtimes: [RuntimeSocket], within limit: Duration) -> Inventory {
        let present = runtimes.filter { KernelFiles.inode(of: $0.path) != nil }
        let roll = RuntimeRoll(present.map(\.path))
        follow(present) { roll.hear($0) }
        defer { leave() }
        begin()
        // What runs already has opened its sockets long ago.
        listeners.hurry(at: Clock.steady)
        let end = ContinuousClock.now + limit
        repeat {
            wait(atMost: 20)
            if roll.isQuiet(for: .milliseconds(60)) { undescribed.hurry(at: Clock.steady) }
            privileged.perform { work() }
        } while ContinuousClock.now < end && !(roll.isQuiet(for: .milliseconds(60)) && isSettled)
        for source in roll.silent {
            remark("\(source): no answer yet; names or labels of its containers may be missing")
        }
        var journal = IdentityJournal()
        for entry in entries.take() { journal.apply(entry) }
        return journal.inventory()
    }

    /// Whether nobody is being set up, and everybody's sockets and bundles were looked at.
    private var isSettled: Bool { pending.isEmpty && listeners.areKnown && undescribed.isEmpty }
}
