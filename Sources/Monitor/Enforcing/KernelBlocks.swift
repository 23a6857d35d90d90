import Addressing
import Containers
package import Enforcement
import Netlink
package import Privilege

/// Blocks as they stand in the kernel, for whoever has no agent to ask: read, let go, and all taken away.
///
/// What a running agent owns only it can change, and then that is said.
package struct KernelBlocks {
    private let kernel: KernelTables
    private let namespaces: Set<NetworkNamespace>

    /// Looks for the namespaces of this host that can be entered, for at most `limit`. `watch` is one that nobody else uses.
    package init(_ watch: HostWatch, privileged: PrivilegedThread, within limit: Duration = .milliseconds(500)) {
        let inventory = watch.inventory(runtimes: [], within: limit)
        namespaces = Set(inventory.namespaces.compactMap(\.namespace)).union([watch.home])
        kernel = KernelTables(
            privileged: privileged,
            home: watch.home,
            path: { watch.path(of: $0) },
            now: { Clock.now }
        )
    }

    /// All that stand, and what could not be read.
    package func list() -> (blocks: [StandingBlock], failures: [String]) {
        var blocks: [BlockIdentifier: StandingBlock] = [:]
        var failures: [String] = []
        for namespace in namespaces.sorted() {
            do {
                for block in StandingBlock.all(in: try kernel.standing(in: namespace), at: Clock.now) {
                    guard var known = blocks[block.identifier] else {
                        blocks[block.identifier] = block
                        continue
                    }
                    known.stopped = known.stopped + block.stopped
                    known.lines = Array((known.lines + block.lines).prefix(StandingBlock.lineLimit))
                    blocks[block.identifier] = known
                }
            } catch {
                let words = KernelTables.words(error)
                if !failures.contains(words) { failures.append(words) }
            }
        }
        return (blocks.values.sorted { $0.identifier < $1.identifier }, failures)
    }

    /// Takes a block away; whether there was one.
    package func release(_ identifier: BlockIdentifier) throws -> Bool {
        var isFound = false
        for namespace in namespaces.sorted() {
            let changes = StandingBlock.release(identifier, from: try kernel.standing(in: namespace))
            guard !changes.isEmpty else { continue }
            try kernel.takeOver(changes, in: namespace)
            isFound = true
        }
        return isFound
    }

    /// Takes everything of ours away, whatever it is; returns what could not be, a sentence each.
    package func clear() -> [String] { kernel.clear(namespaces) }
}
