import Addressing
import Containers
import Flows
import Foundation
import GRDB
import Graph
import Records
import Testing

@testable import Store

/// A database in a folder of its own, which goes with it.
final class StoreFolder {
    let folder: URL
    var path: String { folder.appendingPathComponent("portolan.db").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// The database, and somebody who writes to it in a session of its own.
    func open(at second: Int64 = 0) throws -> (store: Store, writer: StoreWriter) {
        let store = try Store(path: path)
        let writer = StoreWriter(store)
        try writer.begin(at: .seconds(second), version: "test")
        return (store, writer)
    }
}

extension Store {
    /// As on a disk that is full: SQLite may not make the file larger. How many pages it may have.
    func fillDisk() throws -> Int {
        try pool.write { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            return try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages + 1)") ?? 0
        }
    }

    func makeRoom(beyond pages: Int) throws {
        _ = try pool.write { try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages + 10_000)") }
    }
}

extension Timestamp {
    static func seconds(_ seconds: Int64) -> Self { Self(nanoseconds: seconds * 1_000_000_000) }
}

/// Flows, in few words.
enum SampleFlow {
    static func record(
        _ number: UInt64,
        from source: String = "10.0.0.1",
        to destination: String = "10.0.0.2",
        port: UInt16 = 80,
        first: Int64 = 0,
        last: Int64 = 0,
        identities: FlowIdentities? = nil
    ) -> FlowRecord {
        let (from, to) = (IPAddress(source) ?? .host(1), IPAddress(destination) ?? .host(2))
        var record = FlowRecord(
            action: .ended,
            identifier: FlowIdentifier(bits: number),
            first: .seconds(first),
            last: .seconds(last),
            source: FlowRecord.End(FlowTranslation.End(address: from, port: 40_000), packets: 3, bytes: 300),
            destination: FlowRecord.End(FlowTranslation.End(address: to, port: port), packets: 2, bytes: 200),
            protocolNumber: 6
        )
        record.endReason = .fin
        record.connectionState = .sf
        record.state = .closed
        record.history = "ShADadFf"
        record.path = [
            FlowRecord.Place(
                point: ObservationPoint(interface: "veth1", interfaceIndex: 7, namespace: 1),
                packets: 5,
                bytes: 500,
                isTranslated: false
            )
        ]
        record.identities = identities
        return record
    }

    static func identities(_ source: String, _ destination: String? = nil) -> FlowIdentities {
        FlowIdentities(source: who(source), destination: destination.map(who) ?? outside, hostName: "node")
    }

    private static var outside: SharedIdentity { SharedIdentity(Identity(kind: .outside, confidence: .likely)) }

    static func who(_ name: String) -> SharedIdentity {
        var identity = Identity(kind: .container, method: .interface, confidence: .certain)
        var container = Container(key: ContainerKey(identifier: "id-of-\(name)", generation: 2))
        container.namespace = NetworkNamespace(inode: 4_026_532_000)
        container.description.name = name
        container.description.image = "shop/\(name):1"
        container.description.labels = ["tier": "front", "quote": "a\"b\u{1b}"]
        identity.container = container
        identity.namespace = container.namespace
        identity.bridgeName = "br0"
        return SharedIdentity(identity)
    }

    /// As JSON, a line each.
    static func lines(_ records: [FlowRecord]) -> [String] {
        let writer = JSONRecordWriter(selection: .all)
        for record in records { writer.write(record) }
        return String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

extension StoreWriter {
    func write(_ ended: [FlowRecord], open: [FlowRecord] = [], at second: Int64 = 0) throws {
        var batch = StoreBatch()
        batch.ended = ended
        batch.open = open
        try write(batch, at: .seconds(second))
    }
}

extension IPAddress {
    static func host(_ number: UInt32) -> Self { .v4(IPv4Address(bits: 0x0a00_0000 | number)) }
}
