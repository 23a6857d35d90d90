package import Addressing
import Capture
package import Containers
package import Flows
package import Pipeline
package import Records
package import Wire

/// Writes what frames carry as a pcapng file for other tools: packets out of their tunnels, with names.
///
/// It is the `log` of a pipeline, and so writes every frame that comes in; or its `tap`, and then the frames of some flows. As a sink it
/// hears what ends are called. Bytes go to `put`, some ten thousand at a time, from `init` on until `finish`.
package final class InnerFrames {
    private var writer: PcapngWriter
    private var dissector: Dissector
    private var points = InnerPoints()
    private var places = RecordedPlaces()
    private var names = InnerNames()
    /// The flows whose frames are wanted; nil: all frames are.
    private let wanted: Set<FlowIdentifier>?
    private let put: ([UInt8]) -> Void
    /// How many were written, and how many of them without a tunnel that they had.
    package private(set) var frames: UInt64 = 0
    package private(set) var decapsulated: UInt64 = 0

    /// What is handed over at once.
    private static var pieceSize: Int { 64 << 10 }

    /// `ports` are where tunnels are looked for; `named` what is known of names before the first frame.
    package init(
        application: String,
        ports: TunnelPorts,
        wanted: Set<FlowIdentifier>? = nil,
        named: InnerNames = InnerNames(),
        put: @escaping ([UInt8]) -> Void
    ) {
        writer = PcapngWriter(application: application)
        dissector = Dissector(ports: ports)
        self.wanted = wanted
        names = named
        self.put = put
    }

    /// Whether frames of some flows only are wanted.
    package var isChoosing: Bool { wanted != nil }

    /// Says what an interface of a capture file is, before its first frame.
    func describe(interface: UInt32, as point: ObservationPoint) { points.describe(interface, as: point) }

    /// From now on also looks for tunnels on these ports: a recording says which.
    func look(at ports: TunnelPorts) { dissector = Dissector(ports: ports) }

    /// Hands over what is left. There must be an interface for what follows a file to make sense of it, even without frames.
    package func finish() {
        if points.isEmpty { _ = writer.describe(interface: "any", linkType: 1) }
        writeNames()
        put(writer.takeBytes())
    }

    private func write(_ frame: Frame, _ bytes: RawSpan) {
        let carried = dissector.carried(bytes, linkType: frame.linkType, wireLength: Int(frame.wireLength))
        var remarks = PacketRemarks()
        let interface = points.number(of: frame, carried, places, &writer, &remarks.comment)
        // Behind an interface, without which some tools read nothing, and before the packets they are of.
        if names.hasNews { writeNames() }
        writer.add(
            bytes.extracting(carried.start..<carried.end),
            wireLength: carried.wireLength,
            at: frame.time,
            interface: interface,
            remarks: remarks
        )
        frames &+= 1
        if carried.isDecapsulated { decapsulated &+= 1 }
        if writer.count >= Self.pieceSize { put(writer.takeBytes()) }
    }

    private func writeNames() {
        writer.add(names.takeNews().map { ResolvedName(address: $0.address, name: $0.name) })
    }
}

/// What a pipeline is told.
extension InnerFrames: InputLog {
    package func frames(_ batch: borrowing FrameBatch, isSettled: Bool) {
        guard !isChoosing else { return }
        for index in 0..<batch.frames.count {
            let frame = batch.frames[index]
            write(frame, batch.bytes(of: frame))
        }
    }

    package func changed(_ entries: some Collection<JournalEntry>) {
        for entry in entries { places.apply(entry.change) }
        for (address, name) in places.takeNames() { names.learn(address, name, isSure: true) }
    }

    package func watched(_ capture: WatchedCapture) { points.note(capture) }

    package func advanced(to time: Timestamp, isDue: Bool) {}
    package func gaveUp(_ key: SocketKey) {}
    package func detailed(_ detail: FlowDetailLevel) {}
    package func startedOver() {}
    package func clockChanged(from: Timestamp, to: Timestamp) {}
    package func finished() {}
    package var wantsStanding: Bool { false }
    package func stands(_ standing: PipelineStanding) {}
}

/// Frames of some flows.
extension InnerFrames: PacketTap {
    package func wants(_ flow: PacketFlow) -> Bool { wanted?.contains(flow.identifier) ?? false }

    package func take(
        _ frame: Frame,
        _ bytes: RawSpan,
        number: UInt64,
        of flow: PacketFlow,
        at point: ObservationPoint
    ) {
        write(frame, bytes)
    }
}

/// What ends are called.
extension InnerFrames: RecordSink {
    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        self.names.learn(flow, book, names)
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
}
