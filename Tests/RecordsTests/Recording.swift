import Addressing
import Flows
import Foundation
import Names
import Testing
import Wire

@testable import Records

/// What the writer makes of frames: they go through the dissector and the flow table as in a replay.
final class Recording: FlowSink {
    let writer: JSONRecordWriter
    private let sink: any RecordSink
    private var names: FlowNames
    private var dissector: Dissector
    private var table: FlowTable
    private var sightings = SightingTable()
    private var packets = PacketBatch()
    /// Of the flow that ended last.
    private var last: FlowIdentifier?

    init(
        _ selection: RecordSelection = .standard,
        resolvesNames: Bool = true,
        names: FlowNames = FlowNames(),
        points: [ObservationPoint] = [ObservationPoint(timestampDigits: 6)],
        into sink: (any RecordSink)? = nil
    ) {
        writer = JSONRecordWriter(selection: selection, resolvesNames: resolvesNames)
        self.sink = sink ?? writer
        self.names = names
        var configuration = FlowConfiguration()
        configuration.capacity = 1024
        configuration.reportsStarts = true
        let seed = HashSeed.random()
        dissector = Dissector(seed: seed)
        table = FlowTable(configuration: configuration, seed: seed)
        for (number, point) in points.enumerated() { table.describe(interface: UInt32(number), as: point) }
    }

    /// Takes in an Ethernet frame, so many nanoseconds after 2024-02-29T12:00:00Z.
    func take(_ bytes: [UInt8], at nanoseconds: Int64 = 0, interface: UInt32 = 0) {
        let frame = Frame(
            offset: 0,
            time: Timestamp(nanoseconds: 1_709_208_000_000_000_000 + nanoseconds),
            capturedLength: UInt32(bytes.count),
            wireLength: UInt32(bytes.count),
            interface: interface,
            linkType: 1
        )
        let frames = [frame]
        // Octets have no padding that could be seen.
        let batch = unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span)
        dissector.dissect(batch, into: &packets)
        table.count(packets, of: batch, to: self)
        let place = table.place(of: 0, in: packets, of: batch)
        let sighting = unsafe sightings.note(
            packets[0],
            frame: bytes.span.bytes,
            scope: place.scope,
            point: place.point,
            time: frame.time
        )
        if let sighting { sink.sighting(sighting, table.book) }
    }

    /// Ends all flows, and gives the lines written.
    func lines() -> [String] {
        table.finish(sink: self)
        return String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The only record, parsed by somebody else's parser.
    func record() throws -> [String: Any] {
        let lines = lines()
        try #require(lines.count == 1)
        return try Self.parse(lines[0])
    }

    static func parse(_ line: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    /// The name of some flow: only a flow table makes them.
    static func identifier() throws -> FlowIdentifier {
        let recording = Recording()
        recording.take(
            FrameBytes.ethernet(0x0800, FrameBytes.ipv4(17, from: 3, to: 4, FrameBytes.udp(1, 2))),
            at: 5_000_000_000
        )
        _ = recording.lines()
        return try #require(recording.last)
    }

    /// What a summary says of the decoding so far.
    var decodeCounters: DecodeCounters { dissector.counters }

    func started(_ flow: Flow, _ book: borrowing FlowBook) -> Bool {
        sink.flow(.started, flow, book, names)
        return false
    }

    func updated(_ flow: Flow, _ book: borrowing FlowBook) { sink.flow(.updated, flow, book, names) }

    func ended(_ flow: Flow, _ book: borrowing FlowBook) {
        last = flow.identifier
        sink.flow(.ended, flow, book, names)
    }

    func resolved(_ message: RawSpan, _ exchange: DNSExchange, _ book: borrowing FlowBook) {}
}

/// The value behind a path of keys, such as `source.ip`.
func value(_ path: String, of record: [String: Any]) -> Any? {
    path.split(separator: ".").reduce(record as Any?) { found, key in (found as? [String: Any])?[String(key)] }
}
