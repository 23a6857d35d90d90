import Addressing
import Flows
import GRDB
import Records
import Testing
import Wire

@testable import Store

/// What is read is what was written, to the byte of its JSON.
@Suite("Stored flows")
struct StoredFlowTests {
    @Test func areReadAsTheyWereWritten() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var full = SampleFlow.record(2, identities: SampleFlow.identities("web", "cart"))
        full.source.mac = MACAddress(bits: 0x0242_0a00_0001)
        full.source.nat = FlowTranslation.End(address: .host(9), port: 1234)
        full.destination.nat = FlowTranslation.End(address: .host(8), port: 8080)
        full.counted = FlowEnds(
            source: FlowTranslation.End(address: .host(9), port: 1234),
            destination: FlowTranslation.End(address: .host(2), port: 80)
        )
        full.source.domain = "web.shop"
        full.destination.domain = "cart.shop"
        full.twin = FlowIdentifier(bits: .max)
        full.beganWithResponder = true
        full.scope = .segment(identifier: 42, vlan: 7)
        var stack = TunnelStack()
        stack.push(.vxlan)
        full.tunnel = Tunnel(
            stack: stack,
            identifier: 42,
            source: .host(201),
            destination: nil,
            destinationPort: 4789
        )
        full.tunnelPort = 50_000
        full.relay = FlowRelay(
            .to,
            FlowIdentifier(bits: 77),
            address: .host(3),
            port: 5432,
            identity: SampleFlow.who("db").identity
        )
        var details = ApplicationDetails()
        details.serverName = "example.test"
        details.alpn = ["h2", "http/1.1"]
        details.tlsVersion = .tls13
        details.dnsQuestionName = "a.test"
        details.dnsQuestionType = .a
        details.dnsResponseCode = .nameError
        details.httpMethod = "GET"
        details.httpHost = "example.test:81"
        details.httpPath = "/x?y=z"
        details.httpStatus = 404
        details.sshClient = "SSH-2.0-a"
        details.sshServer = "SSH-2.0-b"
        details.quicVersion = .v1
        details.tlsCipherSuite = 0x1301
        full.details = details
        full.application = .tls
        let plain = SampleFlow.record(1, from: "fd00::1", to: "fd00::2")
        try writer.write([plain, full])
        let read = try store.flows(FlowQuery()).records
        #expect(SampleFlow.lines(read) == SampleFlow.lines([plain, full]))
        // But for objects that are equal and not the same, the values are, too.
        #expect(read == [plain, full])
    }

    @Test(arguments: [
        Flow.EndReason.idle, .active, .fin, .rst, .forced, .evicted, .joined, .captureEnd,
    ]) func keepTheirReason(reason: Flow.EndReason) throws {
        var record = SampleFlow.record(1)
        record.endReason = reason
        record.timestampDigits = 19
        let traits = try #require(FlowTraits(FlowTraits(record).number))
        #expect(traits == FlowTraits(record))
        #expect(traits.endReason == reason)
    }

    @Test(arguments: [Int64(-1), 1 << 24, 3 << 8, 15 << 10, 15 << 14])
    func refuseTraitsThatNoneHas(number: Int64) {
        #expect(FlowTraits(number) == nil)
    }

    @Test func comeInPagesBothWays() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try writer.write((1...10).map { SampleFlow.record($0, first: Int64($0), last: Int64($0 / 2)) })
        for isNewestFirst in [false, true] {
            var query = FlowQuery()
            query.isNewestFirst = isNewestFirst
            var seen: [UInt64] = []
            var place: FlowPlace?
            repeat {
                let page = try store.flows(query, from: place, limit: 3)
                #expect(page.records.count <= 3)
                seen += page.records.map(\.identifier.bits)
                place = page.next
            } while place != nil
            #expect(seen == (isNewestFirst ? (1...10).reversed() : Array(1...10)))
        }
    }

    @Test func areThoseOfTheTimeAskedFor() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try writer.write([
            SampleFlow.record(1, first: 0, last: 10), SampleFlow.record(2, first: 5, last: 20),
            SampleFlow.record(3, first: 30, last: 40),
        ])
        var query = FlowQuery()
        query.since = .seconds(15)
        query.until = .seconds(29)
        #expect(try store.flows(query).records.map(\.identifier.bits) == [2])
        query.until = .seconds(30)
        #expect(try store.flows(query).records.map(\.identifier.bits) == [2, 3])
    }

    @Test(arguments: [
        ("container=web", [1, 3]), ("from-container=web", [1]), ("port=443", [2]), ("ip=10.9.0.0/16", [2]),
        ("not container=web", [2, 4]), ("label=tier=front", [1, 2, 3]), ("port=8443", [4]),
        ("image=shop/cart*", [2, 3]),
        ("direction=external", []),
    ]) func areThoseThatAFilterWants(text: String, wanted: [UInt64]) throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var translated = SampleFlow.record(4, port: 80)
        translated.destination.nat = FlowTranslation.End(address: .host(77), port: 8443)
        try writer.write([
            SampleFlow.record(1, identities: SampleFlow.identities("web")),
            SampleFlow.record(2, to: "10.9.1.1", port: 443, identities: SampleFlow.identities("cart")),
            SampleFlow.record(3, identities: SampleFlow.identities("cart", "web")), translated,
        ])
        var query = FlowQuery()
        query.filter = try FlowFilter(parsing: text)
        #expect(try store.flows(query).records.map(\.identifier.bits) == wanted)
    }

    @Test func thatAreUnderWayComeLastAndGoWhenTheyEnd() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var open = SampleFlow.record(7, last: 5)
        open.endReason = nil
        open.action = .started
        try writer.write([SampleFlow.record(1, last: 9)], open: [open])
        #expect(try store.flows(FlowQuery()).records.map(\.identifier.bits) == [1, 7])
        var query = FlowQuery()
        query.hasOpen = false
        #expect(try store.flows(query).records.map(\.identifier.bits) == [1])
        open.source.packets = 4
        try writer.write([], open: [open])
        #expect(try store.flows(FlowQuery()).records.last?.source.packets == 4)
        try writer.write([SampleFlow.record(7, last: 12)])
        let all = try store.flows(FlowQuery()).records
        #expect(all.map(\.identifier.bits) == [1, 7])
        #expect(all.last?.endReason == .fin)
    }

    @Test func shareWhatTheyHaveInCommon() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        // Equal ends, but objects of their own.
        try writer.write((1...500).map { SampleFlow.record($0, identities: SampleFlow.identities("web", "cart")) })
        let parts = try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM parts") }
        // Two ends, a scope, a point.
        #expect(parts == 4)
    }

    @Test func thatCannotBeReadAreNamed() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try writer.write([SampleFlow.record(1), SampleFlow.record(2)])
        for damage in ["traits = -1", "source_ip = x'00'", "fields = x'ff'", "fields = x'08ff'", "scope = 99"] {
            try store.pool.write { try $0.execute(sql: "UPDATE flows SET \(damage) WHERE id = 2") }
            #expect(throws: StoreError.self) { try store.flows(FlowQuery()) }
        }
    }
}
