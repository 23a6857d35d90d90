import Addressing
import Containers
import Enforcement
import Policy

/// Which devices of held networks are let through, and since when others wait.
///
/// As many are kept as there are ports of such bridges.
struct HeldPorts {
    /// Bridges by their names, overlays by their numbers.
    private(set) var networks: [NamePattern] = []
    /// How long a device is held that nobody is known behind, in nanoseconds.
    private var longest: Int64 = 10_000_000_000
    /// Devices that are let through.
    private var passing: Set<InterfaceKey> = []
    /// Bridges that were held when this was asked last.
    private var bridges: Set<InterfaceKey> = []
    private var waiting: [InterfaceKey: Wait] = [:]
    /// Whether whatever is there now was there before anything was held, and so goes on.
    private var isFresh = true

    private struct Wait {
        /// By the steady clock.
        var since: Int64
        /// Whether a container is known behind it: then its time begins anew.
        var hasContainer = false
    }

    /// A device that is let through.
    struct Release: Hashable {
        var port: NetworkPort
        /// Nanoseconds that it was held.
        var held: Int64
        /// Nil when all is known that needs be; else what is not, though its time is over.
        var lacking: NetworkPort.Acquaintance?
    }

    /// Goes by other networks. What is in those that were not held before goes on.
    mutating func apply(_ networks: [NamePattern], longest: Duration) {
        self.longest = Int64(clamping: longest.components.seconds) * 1_000_000_000
        guard networks != self.networks else { return }
        self.networks = networks
        isFresh = true
    }

    /// Forgets everything: nothing is held any more.
    mutating func reset() { self = Self() }

    /// Whether it is to be asked of the kernel what an agent before this one let through.
    var isNew: Bool { isFresh && bridges.isEmpty && !networks.isEmpty }

    /// How many devices are held now.
    var waitingCount: Int { waiting.count }

    /// What shall be held, as far as is known who is here; nil for nothing. `standing` has, by namespace, the devices that an agent before this
    /// one let through: whatever else is there waits.
    mutating func plan(
        _ inventory: Inventory,
        standing: [NetworkNamespace: Set<UInt32>] = [:],
        until: Timestamp,
        elapsed: Int64
    ) -> HoldPlan? {
        let held = inventory.networks(networks)
        let keys = Set(held.map(\.bridge.key))
        var there: Set<InterfaceKey> = []
        for network in held {
            let key = network.bridge.key
            let isOld = isFresh && !bridges.contains(key)
            for port in network.ports {
                let device = port.device.key
                there.insert(device)
                let goesOn = isOld && standing[key.namespace]?.contains(device.index) ?? true
                if goesOn { passing.insert(device) }
                if !passing.contains(device), waiting[device] == nil { waiting[device] = Wait(since: elapsed) }
            }
        }
        passing.formIntersection(there)
        waiting = waiting.filter { there.contains($0.key) && !passing.contains($0.key) }
        bridges = keys
        isFresh = false
        return plan(held, keys, inventory, until)
    }

    private func plan(
        _ held: [HeldNetwork],
        _ keys: Set<InterfaceKey>,
        _ inventory: Inventory,
        _ until: Timestamp
    ) -> HoldPlan? {
        guard !held.isEmpty else { return nil }
        var plan = HoldPlan(until: until)
        for network in held {
            let namespace = network.bridge.key.namespace
            var local = plan.locals[namespace] ?? HoldPlan.Local()
            if plan.locals[namespace] == nil { local.others = inventory.ports(in: namespace, except: keys) }
            local.bridges.insert(network.bridge.name)
            local.passing.formUnion(network.ports.map(\.device.key).filter(passing.contains).map(\.index))
            plan.locals[namespace] = local
        }
        return plan
    }

    /// Devices that may be let through, by who was here when what shall stand was worked out: those that are known, where all of it stands
    /// but in namespaces that are `failing`, and those whose time is over.
    mutating func ready(
        _ inventory: Inventory,
        needsDescription: Bool,
        failing: Set<NetworkNamespace> = [],
        elapsed: Int64
    ) -> [Release] {
        guard !waiting.isEmpty else { return [] }
        var ready: [Release] = []
        for port in inventory.networks(networks).flatMap(\.ports) {
            guard var wait = waiting[port.device.key] else { continue }
            let known = port.acquaintance(needsDescription: needsDescription)
            switch known {
            case .known where !port.concerns(failing), .notOfContainers:
                ready.append(Release(port: port, held: elapsed - wait.since, lacking: nil))
                continue
            case .nobody: break
            // It sends nothing, and whoever comes may be long in coming: his image is fetched first.
            case .sandboxOnly: wait.since = elapsed
            case .known, .noAddress, .notDescribed:
                if !wait.hasContainer { wait = Wait(since: elapsed, hasContainer: true) }
            }
            waiting[port.device.key] = wait
            guard elapsed - wait.since >= longest else { continue }
            ready.append(Release(port: port, held: elapsed - wait.since, lacking: known))
        }
        return ready
    }

    /// Takes in that the kernel lets a device through.
    mutating func release(_ device: InterfaceKey) {
        waiting[device] = nil
        passing.insert(device)
    }
}

extension NetworkPort {
    /// Whether what shall stand for it stands in one of some namespaces: the bridge's, or that of who is behind it.
    fileprivate func concerns(_ namespaces: Set<NetworkNamespace>) -> Bool {
        namespaces.contains(device.key.namespace) || place?.namespace.map { namespaces.contains($0) } ?? false
    }
}
