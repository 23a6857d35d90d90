import CMnl
import Addressing
import Glibc
import Testing

@testable import Netlink

@Suite("Chains of nftables") struct ChainTests {
    /// All hooks there are, by family.
    static let hooks: [(Nftables.Family, Nftables.Hook)] = Nftables.Family.allCases.flatMap { (family) in
        Nftables.Hook.allCases.filter { $0.number(in: family) != nil }.map { (family, $0) }
    }

    static func chain(_ family: Nftables.Family, _ hook: Nftables.Hook) -> Nftables.Chain {
        let devices = hook == .ingress || hook == .egress ? ["lo"] : []
        return .init(family, "\(hook)", base: .init(hook, priority: -7, policy: .drop, devices: devices))
    }

    @Test func everyHookOfEveryFamilyIsReadBackAndPrinted() throws {
        let space = try NftablesSpace()
        try space.commit { (batch) in
            for family in Nftables.Family.allCases { batch.add(Nftables.Table(family)) }
            for (family, hook) in Self.hooks { batch.add(Self.chain(family, hook)) }
        }
        #expect(Self.hooks.count == 6 + 5 + 2 + 2 + 5 + 5)
        let text = try space.listed()
        for family in Nftables.Family.allCases {
            let wanted = Self.hooks.filter { $0.0 == family }.map { Self.chain($0.0, $0.1) }
            #expect(try Swift.Set(space.socket.dumpChains(family).map(\.declared)) == Swift.Set(wanted))
            for chain in wanted {
                let block = text.components(of: "table \(family) portolan {").components(of: "chain \(chain.name) {")
                #expect(block.hasPrefix("type filter hook \(chain.name) "), "\(family) \(block)")
            }
        }
    }

    @Test func aHookThatAFamilyLacksIsRefused() throws {
        let space = try NftablesSpace()
        for (family, hook) in [(Nftables.Family.netdev, Nftables.Hook.forward), (.inet, .egress), (.bridge, .ingress)] {
            let refusals = try RefusedBatchTests.refusals(space) { (batch) in
                batch.add(Nftables.Table(family))
                batch.add(Self.chain(family, hook))
            }
            #expect(refusals.refused.map(\.step) == [1])
        }
    }

    @Test func aPolicyChangesAndAnotherHookIsRefused() throws {
        let space = try NftablesSpace()
        var chain = Self.chain(.inet, .forward)
        try space.commit { (batch) in
            batch.add(Nftables.Table(.inet))
            batch.add(chain)
        }
        chain.base?.policy = .accept
        try space.commit { $0.add(chain) }
        #expect(try space.socket.dumpChains(.inet).map(\.declared) == [chain])
        chain.base?.priority = 3
        #expect(try RefusedBatchTests.refusals(space) { $0.add(chain) }.count == 1)
    }

    @Test(.enabled(if: NftablesSpace.features.contains(.absentDevices), "this kernel knows no absent devices"))
    func aChainTakes255Devices() throws {
        let space = try NftablesSpace()
        let devices = (0...Nftables.Chain.deviceLimit).map { "veth\($0)" }
        func chain(_ name: String, _ count: Int) -> Nftables.Chain {
            .init(.netdev, name, base: .init(.ingress, devices: Array(devices.prefix(count))))
        }
        try space.commit { (batch) in
            batch.add(Nftables.Table(.netdev))
            batch.add(chain("many", Nftables.Chain.deviceLimit))
        }
        #expect(try space.socket.dumpChains(.netdev).map(\.declared) == [chain("many", 255).declared])
        let refusals = try RefusedBatchTests.refusals(space) { $0.add(chain("more", 256)) }
        #expect(refusals.refused.map(\.code) == [EFBIG])
    }

    @Test(.enabled(if: NftablesSpace.features.contains(.absentDevices), "this kernel knows no absent devices"))
    func aDeviceThatAppearsIsHooked() throws {
        let pair = try TrafficTests.Pair()
        let chain = Nftables.Chain(.netdev, "c", base: .init(.ingress, devices: ["late0"]))
        try pair.host.commit { (batch) in
            batch.add(Nftables.Table(.netdev))
            batch.add(chain)
            batch.append(.init(.inetProtocol(17), .counter), to: "c", of: .netdev)
        }
        try pair.host.namespace.ip("link", "add", "late0", "type", "veth", "peer", "late1")
        for device in ["late0", "late1"] { try pair.host.namespace.ip("link", "set", device, "up") }
        try pair.host.namespace.ip("address", "add", "10.8.0.1/24", "dev", "late1")
        try pair.host.namespace.ip("neigh", "add", "10.8.0.9", "lladdr", "02:00:00:00:00:09", "dev", "late1")
        let sender = try pair.socket(in: pair.host.namespace, isIPv6: false)
        sender.send(to: .v4(.init(bits: 0x0a08_0009)), port: 9)
        #expect(try TrafficTests.packets(pair.host, of: "c", .netdev, wanted: 1) == 1)
    }

    /// Somebody else may hook devices by a prefix (NFTA_DEVICE_PREFIX, 2): it is told with a star, and goes with its chain alone. nft(8)
    /// 1.0.6 hangs on it, so it is not asked here.
    @Test func aPrefixOfDevicesIsToldAndReplaced() throws {
        let space = try NftablesSpace()
        let old = Nftables.Chain(.netdev, "sending_1", base: .init(.ingress, devices: ["veth*"]))
        var batch = Nftables.Batch()
        batch.add(Nftables.Table(.netdev))
        batch.step(NFT_MSG_NEWCHAIN, flags: NLM_F_CREATE, .addChain(old.name), in: .netdev) { (writer) in
            writer.put(NFTA_CHAIN_NAME, old.name)
            writer.nest(NFTA_CHAIN_HOOK) { (writer) in
                writer.put(NFTA_HOOK_HOOKNUM, NF_NETDEV_INGRESS.rawValue)
                writer.put(NFTA_HOOK_PRIORITY, UInt32(0))
                writer.nest(NFTA_HOOK_DEVS) { $0.put(nft_devices_attributes(rawValue: 2), "veth") }
            }
            writer.put(NFTA_CHAIN_TYPE, "filter")
        }
        do throws(Nftables.BatchError) {
            try space.socket.commit(batch)
        } catch {
            print("nftables: this kernel knows no prefixes of devices: \(error)")
            return
        }
        #expect(try space.socket.dumpChains(.netdev).map(\.declared) == [old])
        try space.namespace.ip("link", "add", "veth0", "type", "veth", "peer", "veth1")
        let new = Nftables.Chain(.netdev, "sending_2", base: .init(.ingress, devices: ["veth0", "veth1"]))
        try space.commit { (batch) in
            batch.add(new)
            batch.deleteChain(old.name, of: .netdev)
        }
        #expect(try space.socket.dumpChains(.netdev).map(\.declared) == [new])
    }

    @Test func oneIsDeletedWithItsRulesGone() throws {
        let space = try NftablesSpace()
        try space.commit { (batch) in
            batch.add(Nftables.Table(.inet))
            batch.add(Nftables.Chain(.inet, "aside"))
            batch.add(Self.chain(.inet, .output))
            batch.append(.init(.jump(to: "aside")), to: "output", of: .inet)
        }
        let refusals = try RefusedBatchTests.refusals(space) { $0.deleteChain("aside", of: .inet) }
        #expect(refusals.refused.map(\.code) == [EBUSY])
        try space.commit { (batch) in
            batch.empty(chain: "output", of: .inet)
            batch.deleteChain("aside", of: .inet)
        }
        #expect(try space.socket.dumpChains(.inet).map(\.name) == ["output"])
    }
}

extension String {
    /// What follows the first place where it has this text; empty when it has not. Its tabs are gone already.
    fileprivate func components(of text: String) -> String {
        guard let place = firstRange(of: text) else { return "" }
        return String(self[place.upperBound...].drop { $0 == "\n" || $0 == " " })
    }
}
