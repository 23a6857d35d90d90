import Addressing
import Containers
import Enforcement
import Netlink

/// Our tables in one network namespace: a socket that owns them, what the kernel tells of them, and bringing them to what shall stand.
///
/// Everything but `hear` is to be called on the privileged thread. The socket keeps the namespace alive: whoever needs no table there
/// any more lets go of this.
final class NamespaceTables {
    private var socket: NetlinkSocket
    private var events: NftablesEvents
    /// Whether devices can be held here until they are known. Linux 5.16.
    let canHold: Bool
    /// What the tables are marked with here.
    let flags: Nftables.Table.Flags
    /// Whether this kernel keeps tables from others.
    var areOwned: Bool { flags.contains(.owner) }

    /// What somebody else did since it was asked last.
    struct Touch: Hashable {
        var isTouched = false
        /// Whether something was taken away.
        var isLoss = false
        /// Whether it was somebody's change, and not the kernel's own, which takes devices that are gone out of chains.
        var isForeign = false
        /// Whose doing it was: the newest that the kernel named.
        var process: String?
    }

    /// What came of bringing it to what shall stand.
    struct Settled {
        /// What lacked before, in words; of a first time all does.
        var lacked: [String] = []
        /// How many changes the kernel was told.
        var changes = 0
        var verification: Verification
    }

    /// Opens it in the namespace of the calling thread. Without `mayOwn` the tables are like anybody's. What the kernel has is tried once,
    /// and left in `features`: it takes some ten milliseconds, and is the same in every namespace.
    ///
    /// - Throws: an error that `isDenied` without CAP_NET_ADMIN, `.absent` without nftables.
    init(mayOwn: Bool, features: inout Nftables.Features?) throws(NetlinkError) {
        socket = try NetlinkSocket(.netfilter)
        events = try NftablesEvents()
        if features == nil { features = try socket.probeNftables() }
        let found = features ?? []
        canHold = found.isSuperset(of: [.bridge, .ingress, .egress])
        flags = mayOwn && found.isSuperset(of: [.owner, .persist]) ? [.owner, .persist] : []
    }

    /// For poll(2): readable when the kernel tells something.
    var descriptor: Int32 { events.descriptor }

    /// Reads what the kernel told. From any thread.
    func hear() -> Touch {
        var touch = Touch()
        let own = socket.port
        do throws(NetlinkError) {
            var isMore = true
            while isMore {
                isMore = try events.receive(ignoring: own) { touch.note($0, own: own) }
            }
        } catch {
            touch.isTouched = true
        }
        return touch
    }

    /// How often what stands is read again because somebody else changes rules meanwhile.
    private static var tries: Int { 6 }

    /// Brings what stands to what shall stand, and reads it back.
    func settle(
        _ desired: [Nftables.Family: DesiredTable],
        now: () -> Timestamp
    ) throws(Nftables.BatchError) -> Settled {
        var lacked: [String]?
        var changes = 0
        var refusal: Nftables.BatchError?
        for round in 0..<Self.tries {
            // Where others change rules all the time it goes without: what comes of it is read again in any case.
            let generation = round < Self.tries / 2 ? try generation() : nil
            let standing = try standing()
            let time = now()
            let difference = Difference(to: desired, from: standing, flags: flags, at: time)
            let verification = Verification(of: desired, by: standing, flags: flags, at: time)
            if lacked == nil { lacked = verification.lacking }
            if difference.isEmpty {
                return Settled(lacked: lacked ?? [], changes: changes, verification: verification)
            }
            do throws(Nftables.BatchError) {
                let adoptions = difference.adoptions(of: standing)
                if adoptions.isEmpty {
                    try socket.commit(difference.batch, generation: generation)
                    changes += difference.changes.count
                } else {
                    try commit(adoptions)
                    changes += adoptions.count
                }
                refusal = nil
            } catch {
                switch error {
                case .superseded: break
                // Devices and elements go by themselves meanwhile; with a new dump it is seen whether that was it.
                case .refused where !error.isOwnedByAnother: refusal = error
                default: throw error
                }
            }
        }
        if let refusal { throw refusal }
        throw .superseded
    }

    /// Makes some changes without looking at what stands.
    func commit(_ changes: [TableChange]) throws(Nftables.BatchError) {
        var batch = Nftables.Batch()
        for change in changes { change.write(into: &batch) }
        try socket.commit(batch)
    }

    /// Makes some changes of elements, and reads those elements back; whether they are there, or gone.
    func change(_ changes: [TableChange]) throws -> Bool {
        try commit(changes)
        var wanted: [Nftables.Set: [Nftables.Key: Bool]] = [:]
        for change in changes {
            switch change {
            case .addElements(let set, let elements):
                for element in elements { wanted[set, default: [:]][element.key] = true }
            case .deleteElements(let set, let keys): for key in keys { wanted[set, default: [:]][key] = false }
            default: return false
            }
        }
        for (set, keys) in wanted {
            let all = Array(keys.keys)
            let found = try socket.elements(all, of: set)
            for (key, element) in zip(all, found) where (element != nil) != keys[key] { return false }
        }
        return true
    }

    /// The same for tables that an agent left behind, which are adopted first where they had an owner.
    func takeOver(_ changes: [TableChange]) throws(Nftables.BatchError) {
        var batch = Nftables.Batch()
        for (family, contents) in try standing() where contents.table.flags.contains(.owner) {
            batch.add(Nftables.Table(family, flags: contents.table.flags))
        }
        for change in changes { change.write(into: &batch) }
        try socket.commit(batch)
    }

    /// Takes away whatever of ours stands, and returns the families it stood in.
    func clear() throws(Nftables.BatchError) -> [Nftables.Family] {
        let families = try standingFamilies()
        guard !families.isEmpty else { return [] }
        var batch = Nftables.Batch()
        for family in families {
            // An orphan is adopted first: what has an owner, or had one, only its owner takes away.
            if areOwned { batch.add(Nftables.Table(family, flags: flags)) }
            batch.deleteTable(family)
        }
        do throws(Nftables.BatchError) {
            try socket.commit(batch)
        } catch {
            guard case .refused = error, areOwned, !error.isOwnedByAnother else { throw error }
            // A table that never had an owner cannot be given one.
            batch = Nftables.Batch()
            for family in families { batch.deleteTable(family) }
            try socket.commit(batch)
        }
        return families
    }

    /// All of ours that stands.
    func standing() throws(Nftables.BatchError) -> [Nftables.Family: Nftables.Contents] {
        var standing: [Nftables.Family: Nftables.Contents] = [:]
        do throws(NetlinkError) {
            for family in try families() { standing[family] = try socket.dumpContents(family) }
        } catch {
            throw .failed(error)
        }
        return standing
    }

    private func families() throws(NetlinkError) -> [Nftables.Family] {
        try socket.dumpTables().filter { $0.name == Nftables.table }.map(\.table.family)
    }

    private func standingFamilies() throws(Nftables.BatchError) -> [Nftables.Family] {
        do throws(NetlinkError) { return try families() } catch { throw .failed(error) }
    }

    private func generation() throws(Nftables.BatchError) -> UInt32 {
        do throws(NetlinkError) { return try socket.nftablesGeneration() } catch { throw .failed(error) }
    }
}

extension NamespaceTables.Touch {
    fileprivate mutating func note(_ event: NftablesEvent, own port: UInt32) {
        switch event {
        case .generation(let generation, let committer):
            guard committer != port, isTouched else { return }
            isForeign = true
            if let name = generation.processName { process = name }
        case .lost: isTouched = true
        case .tableGone, .chainGone, .devicesGone, .setGone, .elementsGone, .ruleGone:
            isTouched = true
            isLoss = true
        case .table, .chain, .set, .elements, .rule: isTouched = true
        }
    }
}
