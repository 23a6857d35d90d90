import Addressing
import Containers
import Flows
import Pipeline
import Records
import Support
import Testing

/// A pipeline that is told of a host: its namespace 1 with a veth (7) to a container's namespace 2, 10.0.0.2.
final class IdentityWatch {
    let listener = Listener()
    var pipeline: Pipeline
    static let home = NetworkNamespace(inode: 1)
    static let inside = NetworkNamespace(inode: 2)

    init(filter: FlowFilter = FlowFilter(), besides other: (any RecordSink)? = nil) {
        var settings = PipelineSettings()
        settings.flows.reportsStarts = true
        var sink: any RecordSink = FilteredSink(filter, before: listener)
        if let other { sink = SplitSink(sink, other) }
        pipeline = Pipeline(settings: settings, sink: sink)
        change(.host(Self.home, name: "node"), at: 0)
        pipeline.watch(Self.home, interface: 0)
        var bridge = Interface(key: InterfaceKey(namespace: Self.home, index: 3), name: "docker0")
        bridge.kind = "bridge"
        change(.interface(bridge), at: 0)
        change(.address(bridge.key, .host(1), prefixLength: 24), at: 0)
    }

    func change(_ change: JournalEntry.Change, at milliseconds: Int64) {
        pipeline.change(JournalEntry(time: Self.time(milliseconds), change: change))
    }

    /// The container appears, whole.
    func start(named name: String?, at milliseconds: Int64) {
        var outer = Interface(key: InterfaceKey(namespace: Self.home, index: 7), name: "veth7")
        outer.kind = "veth"
        outer.master = 3
        outer.peer = InterfaceKey(namespace: Self.inside, index: 2)
        var inner = Interface(key: InterfaceKey(namespace: Self.inside, index: 2), name: "eth0")
        inner.kind = "veth"
        inner.peer = outer.key
        var container = Container(key: ContainerKey(identifier: "c1", generation: 1))
        container.namespace = Self.inside
        container.description.name = name
        change(.interface(outer), at: milliseconds)
        change(.interface(inner), at: milliseconds)
        change(.address(inner.key, .host(2), prefixLength: 24), at: milliseconds)
        change(.container(container), at: milliseconds)
    }

    /// A datagram of the container to 192.0.2.9, as it comes in on the veth.
    func send(
        at milliseconds: Int64,
        from source: IPAddress = .host(2),
        _ port: UInt16 = 40_000,
        to destination: IPAddress = .v4(IPv4Address(bits: 0xc000_0209))
    ) {
        let packet = PacketBuilder.ip(PacketBuilder.udp(from: port, to: 9), 17, from: source, to: destination)
        let bytes = PacketBuilder.cooked(packet, index: 7, outgoing: false)
        let length = UInt32(bytes.count)
        let frame = Frame(
            offset: 0,
            time: Self.time(milliseconds),
            capturedLength: length,
            wireLength: length,
            interface: 0,
            linkType: 276
        )
        let frames = [frame]
        pipeline.frames(unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span))
    }

    func advance(to milliseconds: Int64) { pipeline.advance(to: Self.time(milliseconds)) }

    static func time(_ milliseconds: Int64) -> Timestamp { Timestamp(nanoseconds: milliseconds * 1_000_000) }

    /// What was told, with the name of the source.
    var told: [String] {
        listener.flows.map { "\($0.action.rawValue) \($0.names.identities?.source.container?.description.name ?? "-")" }
    }
}

@Suite("Identities in the pipeline")
struct IdentityTests {
    @Test func standOnTheFirstRecordWhenTheyAreKnown() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        watch.send(at: 10)
        #expect(watch.told == ["flow_started web"])
        let identity = watch.listener.flows[0].names.identities
        #expect(identity?.source.method == .interface)
        #expect(identity?.source.confidence == .certain)
        #expect(identity?.destination.kind == .outside)
        #expect(identity?.direction == .egress)
        #expect(watch.listener.flows[0].points.map(\.interface) == ["veth7"])
    }

    @Test func areWaitedForAMoment() {
        let watch = IdentityWatch()
        watch.start(named: nil, at: 5)
        watch.send(at: 10)
        #expect(watch.told == [])
        watch.start(named: "web", at: 60)
        watch.advance(to: 61)
        #expect(watch.told == ["flow_started web"])
    }

    @Test func areNotWaitedForLongerThanThat() {
        let watch = IdentityWatch()
        watch.start(named: nil, at: 5)
        watch.send(at: 10)
        watch.advance(to: 129)
        #expect(watch.told == [])
        watch.advance(to: 130)
        #expect(watch.told == ["flow_started -"])
        watch.start(named: "web", at: 300)
        watch.advance(to: 301)
        #expect(watch.told == ["flow_started -", "flow_updated web"])
        watch.pipeline.finish()
        #expect(watch.told == ["flow_started -", "flow_updated web", "flow_ended web"])
    }

    @Test(
        arguments: [
            ("container=web", ["flow_updated web", "flow_ended web"]), ("not container=web", ["flow_started -"]),
            ("from-segment=docker0", ["flow_started -", "flow_updated web", "flow_ended web"]),
            ("to-container=web", []),
            ("direction=egress to-port=9", ["flow_started -", "flow_updated web", "flow_ended web"]),
        ]
    )
    func areFilteredByWhatIsKnownWhenARecordIsTold(text: String, told: [String]) throws {
        let watch = IdentityWatch(filter: try FlowFilter(parsing: text))
        watch.start(named: nil, at: 5)
        watch.send(at: 10)
        watch.advance(to: 160)
        watch.start(named: "web", at: 300)
        watch.advance(to: 301)
        watch.pipeline.finish()
        #expect(watch.told == told)
    }

    @Test func letTheStartGoFirstWhenTheFlowEnds() {
        let watch = IdentityWatch()
        watch.start(named: nil, at: 5)
        watch.send(at: 10)
        watch.pipeline.finish()
        #expect(watch.told == ["flow_started -", "flow_ended -"])
    }

    @Test func sayWhoForges() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        watch.send(at: 10, from: .host(77))
        #expect(watch.told == ["flow_started web"])
        #expect(watch.listener.flows[0].names.identities?.source.isForged == true)
    }

    @Test func outliveTheContainer() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        watch.send(at: 10)
        watch.change(.containerEnded(ContainerKey(identifier: "c1", generation: 1)), at: 500)
        watch.change(.interfaceGone(InterfaceKey(namespace: IdentityWatch.home, index: 7)), at: 501)
        watch.change(.namespaceGone(IdentityWatch.inside), at: 502)
        watch.pipeline.finish()
        #expect(watch.told == ["flow_started web", "flow_ended web"])
    }
}
