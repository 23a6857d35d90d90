import Addressing
import Containers

/// Entries and questions by the dozen, the same for the same seed.
struct Numbers {
    var state: UInt64

    /// Below `limit`.
    mutating func next(_ limit: UInt64) -> UInt64 {
        // SplitMix64.
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return (mixed ^ mixed >> 31) % limit
    }

    private mutating func namespace() -> NetworkNamespace { NetworkNamespace(inode: next(4)) }
    private mutating func key() -> InterfaceKey { InterfaceKey(namespace: namespace(), index: UInt32(next(4))) }
    private mutating func address() -> IPAddress { .v4(IPv4Address(bits: 0x0a00_0000 + UInt32(next(5)))) }
    private mutating func hardware() -> MACAddress { MACAddress(bits: next(4)) }
    private mutating func end() -> Translation.End { Translation.End(address: address(), port: UInt16(next(2))) }

    private mutating func container() -> ContainerKey {
        ContainerKey(identifier: next(2) == 0 ? "a" : "b", generation: UInt32(1 + next(3)))
    }

    private mutating func listener() -> Listener {
        var listener = Listener(namespace: namespace(), protocolNumber: 6, address: address(), port: UInt16(next(3)))
        listener.cgroupIdentifier = next(2) == 0 ? nil : next(3)
        return listener
    }

    private mutating func socket() -> ConnectionSocket {
        let key = SocketKey(namespace: namespace(), protocolNumber: 6, local: end(), remote: end())
        var socket = ConnectionSocket(key: key, since: .milliseconds(Int64(next(60_000))))
        socket.cgroupIdentifier = next(2) == 0 ? nil : next(3)
        socket.container = next(2) == 0 ? nil : container()
        return socket
    }

    private mutating func translation() -> Translation {
        Translation(
            namespace: namespace(),
            protocolNumber: 6,
            originalSource: end(),
            originalDestination: end(),
            replySource: end(),
            replyDestination: end()
        )
    }

    private mutating func interface() -> Interface {
        let kinds = [nil, "veth", "bridge", "vxlan", "macvlan", "vrf", "tun"]
        var interface = Interface(key: key(), name: "x")
        interface.kind = kinds[Int(next(UInt64(kinds.count)))]
        interface.peer = next(2) == 0 ? nil : key()
        interface.master = next(2) == 0 ? nil : UInt32(next(4))
        interface.networkIdentifier = next(2) == 0 ? nil : UInt32(next(3))
        interface.hardwareAddress = hardware()
        return interface
    }

    mutating func change() -> JournalEntry.Change {
        switch next(16) {
        case 0: return .host(NetworkNamespace(inode: 1), name: "x")
        case 1, 2:
            var container = Container(key: container())
            container.namespace = next(3) == 0 ? nil : namespace()
            container.cgroupIdentifier = next(2) == 0 ? nil : next(3)
            return .container(container)
        case 3: return .containerEnded(container())
        case 4: return .interface(interface())
        case 5: return .interfaceGone(key())
        case 6: return .address(key(), address(), prefixLength: UInt8(next(256)))
        case 7: return .addressGone(key(), address())
        case 8: return .listener(listener())
        case 9: return .listenerClosed(listener())
        case 10: return .translation(translation())
        case 11: return .translationGone(translation())
        case 12: return .remote(key(), hardware(), endpoint: address())
        case 13: return .remoteGone(key(), hardware())
        case 14: return .socket(socket())
        default: return next(4) == 0 ? .namespaceGone(namespace()) : .address(key(), address(), prefixLength: 24)
        }
    }

    mutating func question(at time: Int64) -> IdentityQuestion {
        let delay = Int64(next(60_000)) - 50_000
        var question = IdentityQuestion(address: address(), time: .milliseconds(time + delay))
        question.behind = next(2) == 0 ? nil : key()
        question.cameIn = next(2) == 0
        question.scope = next(2) == 0 ? nil : .bare
        question.hardwareAddress = next(2) == 0 ? nil : hardware()
        question.port = UInt16(next(3))
        question.protocolNumber = 6
        question.isServer = next(2) == 0
        question.observedIn = next(2) == 0 ? nil : namespace()
        question.peer = next(2) == 0 ? nil : end()
        return question
    }
}
