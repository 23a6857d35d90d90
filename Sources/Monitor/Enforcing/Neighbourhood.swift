import Addressing
import Containers
import Enforcement

/// Who is here now, as far as blocks need it: made of what the host's watch tells, apart from the pipeline, so that a block follows its
/// container however many packets wait.
struct Neighbourhood: ~Copyable {
    private var journal: IdentityJournal
    private var known: (inventory: Inventory, residents: [ContainerKey: Resident])?
    /// Grows with everything that may place a block elsewhere.
    private(set) var revision: UInt64 = 0
    /// Devices that have another name since this was taken last, at most 1024.
    private var renamed: [Renamed] = []

    /// A device that was given another name.
    struct Renamed: Hashable {
        var key: InterfaceKey
        var old: String
        var new: String
    }

    init() {
        var limits = JournalLimits()
        // Who was here is of no interest.
        limits.retention = .seconds(1)
        journal = IdentityJournal(limits: limits)
    }

    /// Takes in what became so.
    mutating func learn(_ entries: [JournalEntry]) {
        for entry in entries where entry.change.placesBlocks {
            if case .interface(let interface) = entry.change, let known = journal.interface(interface.key),
                known.name != interface.name, renamed.count < 1024
            {
                renamed.append(Renamed(key: interface.key, old: known.name, new: interface.name))
            }
            journal.apply(entry)
            revision += 1
            known = nil
        }
    }

    /// Devices that have another name since this was asked last.
    mutating func takeRenamed() -> [Renamed] {
        defer { renamed = [] }
        return renamed
    }

    /// Everybody who is here.
    mutating func look() -> (inventory: Inventory, residents: [ContainerKey: Resident]) {
        if let known { return known }
        let inventory = journal.inventory()
        let now = (inventory: inventory, residents: inventory.residents)
        known = now
        return now
    }
}

extension JournalEntry.Change {
    /// Whether it says who is where; sockets and connections do not.
    fileprivate var placesBlocks: Bool {
        switch self {
        case .host, .container, .containerEnded, .interface, .interfaceGone, .address, .addressGone, .namespaceGone,
            .scope:
            true
        case .listener, .listenerClosed, .socket, .translation, .translationGone, .remote, .remoteGone: false
        }
    }
}
