import Addressing
import Support
import Wire

@testable import Flows

/// A dissector and a flow table by reference, and all that the table told.
final class FlowWatch: FlowSink {
    private var dissector: Dissector
    private var packets = PacketBatch()
    var table: FlowTable

    private(set) var started: [Flow] = []
    private(set) var settled: [(serial: UInt32, outcome: TryOutcome, time: Timestamp)] = []
    /// Whether it waits for answers to what begins.
    var isWaiting = true
    /// What it answers at first look at a flow that begins, and to one that is answered.
    var firstLook = FirstLook.tell
    var isEnough = false
    /// What it was shown of flows as they began, were answered and ended.
    private(set) var begins: [FlowOutline] = []
    private(set) var answers: [FlowOutline] = []
    private(set) var ends: [FlowOutline] = []
    private(set) var updated: [Flow] = []
    private(set) var ended: [Flow] = []
    /// The paths of the flows that ended, in their order.
    private(set) var paths: [[PointCount]] = []
    /// The names of their scopes.
    private(set) var scopes: [Scope.Name] = []
    private(set) var tunnels: [Tunnel?] = []
    private(set) var translations: [FlowTranslation?] = []
    private(set) var exchanges: [DNSExchange] = []

    var resolutions: Int { exchanges.count }

    init(_ configuration: FlowConfiguration = FlowConfiguration(), seed: HashSeed = .random()) {
        dissector = Dissector(seed: seed)
        table = FlowTable(configuration: configuration, seed: seed)
    }

    var count: Int { table.count }
    var counters: FlowTableCounters { table.book.counters }

    /// Lets a frame pass at a time in seconds and nanoseconds.
    func see(_ bytes: [UInt8], at second: Int64, _ nanosecond: Int64 = 0, interface: UInt32 = 0) {
        see(bytes, at: Timestamp(nanoseconds: second * 1_000_000_000 + nanosecond), interface: interface)
    }

    func see(_ bytes: [UInt8], at time: Timestamp, interface: UInt32 = 0) {
        let length = UInt32(bytes.count)
        let frame = Frame(
            offset: 0,
            time: time,
            capturedLength: length,
            wireLength: length,
            interface: interface,
            linkType: 1
        )
        see([frame], of: bytes)
    }

    /// Lets a cooked frame pass that an interface with an index saw, as libpcap's `any` gives it.
    func seeCooked(_ packet: [UInt8], at second: Int64, _ nanosecond: Int64 = 0, index: UInt32, outgoing: Bool) {
        let bytes = PacketBuilder.cooked(packet, index: index, outgoing: outgoing)
        let time = Timestamp(nanoseconds: second * 1_000_000_000 + nanosecond)
        let length = UInt32(bytes.count)
        let frame = Frame(
            offset: 0,
            time: time,
            capturedLength: length,
            wireLength: length,
            interface: 0,
            linkType: 276
        )
        see([frame], of: bytes)
    }

    /// Lets a batch of frames pass.
    func see(_ frames: [Frame], of bytes: [UInt8]) {
        let batch = unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span)
        dissector.dissect(batch, into: &packets)
        table.count(packets, of: batch, to: self)
    }

    /// The flow of a packet that an ICMP error quotes.
    func unreachable(_ frame: [UInt8]) -> Flow? {
        let packet = Array(frame.dropFirst(14))
        guard let quote = unsafe QuotedPacket(packet.span.bytes) else { return nil }
        return table.unreachable(quote, scope: started.first?.scope ?? 0)
    }

    func advance(to second: Int64, _ nanosecond: Int64 = 0) {
        table.advance(to: Timestamp(nanoseconds: second * 1_000_000_000 + nanosecond), sink: self)
    }

    /// Changes what was counted of the first IPv4 flow: nobody sends two billion packets for a test.
    func alter(_ change: (inout FlowCounters) -> Void) { unsafe change(&table.ipv4.entries[0].counters) }

    func finish() { table.finish(sink: self) }

    func describe(_ interface: UInt32, as point: ObservationPoint) { table.describe(interface: interface, as: point) }

    func assign(point: UInt16, segment: UInt32?, vlan: UInt32 = 0, to name: Scope.Name) {
        table.book.scopes.assign(point: point, segment: segment, vlan: vlan, to: name)
    }

    // MARK: FlowSink

    func begins(_ outline: FlowOutline, _ book: borrowing FlowBook) -> FirstLook {
        begins.append(outline)
        return firstLook
    }

    func answered(_ outline: FlowOutline, _ book: borrowing FlowBook, at time: Timestamp) -> Bool {
        answers.append(outline)
        return isEnough
    }

    func ends(_ outline: FlowOutline, _ book: borrowing FlowBook) { ends.append(outline) }

    func started(_ flow: Flow, _ book: borrowing FlowBook) -> Bool {
        started.append(flow)
        return isWaiting
    }

    func settled(_ flow: Flow, as outcome: TryOutcome, _ book: borrowing FlowBook, at time: Timestamp) {
        settled.append((flow.serial, outcome, time))
    }

    func updated(_ flow: Flow, _ book: borrowing FlowBook) { updated.append(flow) }

    func ended(_ flow: Flow, _ book: borrowing FlowBook) {
        ended.append(flow)
        paths.append(book.path(of: flow))
        scopes.append(book.scopeName(of: flow))
        tunnels.append(book.tunnel(of: flow)?.0)
        translations.append(book.translation(of: flow))
    }

    func resolved(_ message: RawSpan, _ exchange: DNSExchange, _ book: borrowing FlowBook) {
        exchanges.append(exchange)
    }
}

extension FlowWatch {
    /// A datagram from 10.0.0.1 to 10.0.0.2, of 28 bytes and its payload.
    func datagram(
        from source: UInt16 = 40_000,
        to destination: UInt16 = 9,
        at second: Int64,
        _ nanosecond: Int64 = 0,
        interface: UInt32 = 0
    ) {
        let frame = PacketBuilder.datagram(from: .host(1), source, to: .host(2), destination)
        see(frame, at: second, nanosecond, interface: interface)
    }

    /// Its answer.
    func answer(at second: Int64, _ nanosecond: Int64 = 0, interface: UInt32 = 0) {
        see(
            PacketBuilder.datagram(from: .host(2), 9, to: .host(1), 40_000),
            at: second,
            nanosecond,
            interface: interface
        )
    }
}
