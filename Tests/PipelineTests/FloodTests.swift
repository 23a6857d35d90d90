import Addressing
import Containers
import Flows
import Pipeline
import Records
import Support
import Testing

@Suite("Frames a bridge floods")
struct FloodTests {
    /// A datagram between two hosts of 10.0.0.0/24 as it passes interfaces of the bridge.
    private func pass(
        _ watch: IdentityWatch,
        _ source: IPAddress,
        _ target: IPAddress,
        _ way: [(index: UInt32, out: Bool)]
    ) {
        for (index, isOut) in way {
            let ports: (UInt16, UInt16) = source == .host(2) ? (40_000, 9) : (9, 40_000)
            let packet = PacketBuilder.ip(PacketBuilder.udp(from: ports.0, to: ports.1), 17, from: source, to: target)
            let bytes = PacketBuilder.cooked(packet, index: index, outgoing: isOut)
            let frames = [
                Frame(
                    offset: 0,
                    time: IdentityWatch.time(10),
                    capturedLength: UInt32(bytes.count),
                    wireLength: UInt32(bytes.count),
                    interface: 0,
                    linkType: 276
                )
            ]
            watch.pipeline.frames(unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span))
        }
    }

    @Test func doNotMakeTheNeighbourTheOneTheyAreFor() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        var outer = Interface(key: InterfaceKey(namespace: IdentityWatch.home, index: 8), name: "veth8")
        outer.kind = "veth"
        outer.master = 3
        outer.peer = InterfaceKey(namespace: NetworkNamespace(inode: 3), index: 2)
        var inner = Interface(key: InterfaceKey(namespace: NetworkNamespace(inode: 3), index: 2), name: "eth0")
        inner.kind = "veth"
        inner.peer = outer.key
        var overlay = Interface(key: InterfaceKey(namespace: IdentityWatch.home, index: 9), name: "vx9")
        overlay.kind = "vxlan"
        overlay.master = 3
        overlay.networkIdentifier = 42
        for interface in [outer, inner, overlay] { watch.change(.interface(interface), at: 6) }
        watch.change(.address(inner.key, .host(3), prefixLength: 24), at: 6)
        // Where it is is not learned yet, so it goes to everybody; the answer comes one way.
        pass(watch, .host(2), .host(9), [(7, false), (8, true), (9, true)])
        pass(watch, .host(9), .host(2), [(9, false), (7, true)])
        watch.pipeline.finish()
        let identities = watch.listener.flows.last?.names.identities
        #expect(identities?.source.container?.description.name == "web")
        #expect(identities?.destination.kind == .remote)
        #expect(identities?.destination.interfaceName == "vx9")
        #expect(watch.listener.flows.last?.points.count == 3)
    }
}
