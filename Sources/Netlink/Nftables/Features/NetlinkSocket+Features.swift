import CMnl
import Glibc

extension NetlinkSocket {
    /// Tries what this kernel has of nftables, in the socket's namespace. Nothing of it ever stands: the batch is refused as a
    /// whole, and each refusal tells what is lacking.
    ///
    /// For some microseconds empty chains are hooked to the loopback, and conntrack may begin and end. Throws `.absent` without
    /// nftables, an error that `isDenied` without CAP_NET_ADMIN.
    package mutating func probeNftables() throws(NetlinkError) -> Nftables.Features {
        let probe = Nftables.Probe()
        do throws(Nftables.BatchError) {
            try commit(probe.batch)
        } catch {
            switch error {
            case .failed(let error): throw error
            case .superseded: break
            case .refused(let refused, _): return probe.features(without: refused.map(\.step))
            }
        }
        // What must be refused was not.
        throw .malformed(operation: "find out what nftables has")
    }
}

extension Nftables {
    /// A batch that tries everything, and what each of its steps is needed for.
    struct Probe {
        private(set) var batch = Batch(table: "\(Nftables.table).probe")
        private var needs: [Features] = []

        init() {
            addTables()
            addChains()
            addRules()
            addSets()
            // Nothing has this name: that is refused, and all else with it.
            needing([]) { $0.deleteChain("nothing", of: .inet) }
        }

        /// All but those of which some steps were needed.
        func features(without steps: [Int]) -> Features {
            var features = needs.reduce(into: Features()) { $0.formUnion($1) }
            for step in steps where needs.indices.contains(step) { features.subtract(needs[step]) }
            return features
        }

        private mutating func needing(_ features: Features, _ body: (inout Batch) -> Void) {
            body(&batch)
            while needs.count < batch.count { needs.append(features) }
        }

        private mutating func addTables() {
            needing(.owner) { $0.add(Table(.ip, flags: .owner)) }
            needing(.persist) { $0.add(Table(.ip6, flags: [.owner, .persist])) }
            let ofInet: Features = [.inet, .connectionTracking, .cgroups, .innerPayload, .reject, .log]
            needing(ofInet.union([.concatenatedRanges, .catchAll])) {
                $0.add(Table(.inet))
                $0.add(Chain(.inet, "c"))
            }
            needing([.ingress, .egress, .absentDevices, .connectionTrackingOfDevices]) { $0.add(Table(.netdev)) }
            needing(.bridge) { (batch) in
                batch.add(Table(.bridge))
                batch.add(Chain(.bridge, "c", base: .init(.forward)))
            }
        }

        private mutating func addChains() {
            needing([.ingress, .connectionTrackingOfDevices]) {
                $0.add(Chain(.netdev, "in", base: .init(.ingress, devices: ["lo"])))
            }
            needing(.egress) { $0.add(Chain(.netdev, "out", base: .init(.egress, devices: ["lo"]))) }
            // No device has such a name by chance.
            let absent = Chain(.netdev, "none", base: .init(.ingress, devices: ["portolan.none"]))
            needing(.absentDevices) { $0.add(absent) }
        }

        private mutating func addRules() {
            let register = Register.first
            let state = Rule(expressions: [.connection(.state, into: register)])
            needing(.connectionTracking) { $0.append(state, to: "c", of: .inet) }
            needing(.connectionTrackingOfDevices) { $0.append(state, to: "in", of: .netdev) }
            needing(.cgroups) {
                $0.append(Rule(expressions: [.cgroup(level: 1, into: register)]), to: "c", of: .inet)
            }
            needing(.innerPayload) {
                let inner = Rule(expressions: [.payload(.init(.inner, offset: 0, length: 4), into: register)])
                $0.append(inner, to: "c", of: .inet)
            }
            needing(.reject) { $0.append(Rule(.reject), to: "c", of: .inet) }
            needing(.log) { $0.append(Rule(.log(group: 1)), to: "c", of: .inet) }
        }

        private mutating func addSets() {
            needing(.concatenatedRanges) {
                $0.add(Set(.inet, "ranges", key: [.ipv4, .inetService], flags: [.interval, .timeout]))
            }
            needing(.catchAll) { (batch) in
                let set = Set(.inet, "all", key: [.ipv4])
                batch.add(set)
                batch.add([Element(.everything)], to: set)
            }
        }
    }
}
