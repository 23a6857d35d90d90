import Addressing
import Containers
import Flows
import Testing
import Wire

@testable import Records

@Suite("Flow records from JSON")
struct FlowRecordReadingTests {
    private static var record: FlowRecord {
        var record = FlowRecord(
            action: .updated,
            identifier: FlowIdentifier(bits: 0x0123_4567_89ab_cdef),
            first: Timestamp(nanoseconds: 1_500_000_000),
            last: Timestamp(nanoseconds: 2_500_000_001),
            source: FlowRecord.End(
                FlowTranslation.End(address: .v4(IPv4Address(bits: 0x0a00_0001)), port: 40_000),
                packets: 3,
                bytes: 300
            ),
            destination: FlowRecord.End(
                FlowTranslation.End(address: .v4(IPv4Address(bits: 0x0a00_0002)), port: 80),
                packets: 2,
                bytes: 200
            ),
            protocolNumber: 6,
            scope: .segment(identifier: 42, vlan: 0)
        )
        record.source.nat = FlowTranslation.End(address: .v4(IPv4Address(bits: 0x0a00_0009)), port: 9)
        record.destination.domain = "we\u{1b}b"
        record.state = .established
        record.connectionState = .s1
        record.history = "^hD"
        record.beganWithResponder = true
        record.application = .http
        var stack = TunnelStack()
        stack.push(.geneve)
        stack.push(.vxlan)
        record.tunnel = Tunnel(
            stack: stack,
            identifier: 42,
            source: .v4(IPv4Address(bits: 1)),
            destination: .v4(IPv4Address(bits: 2)),
            destinationPort: 4789
        )
        record.tunnelPort = 5
        record.path = [
            FlowRecord.Place(
                point: ObservationPoint(interface: "veth1", interfaceIndex: 7, namespace: 1),
                packets: 5,
                bytes: 500,
                isTranslated: true
            )
        ]
        return record
    }

    private static func identity(_ name: String) -> SharedIdentity {
        var identity = Identity(kind: .container, method: .interface, confidence: .ambiguous)
        var container = Container(key: ContainerKey(identifier: name, generation: 3))
        container.description.name = name
        container.description.labels = ["a": "b"]
        identity.container = container
        identity.candidates = [ContainerKey(identifier: "x", generation: 0)]
        identity.isForged = true
        identity.process = SocketProcess(identifier: 7, name: "sh")
        return SharedIdentity(identity)
    }

    private static func line(_ record: FlowRecord) -> [UInt8] {
        let writer = JSONRecordWriter(selection: .all)
        writer.write(record)
        return writer.bytes
    }

    @Test func areThoseThatWereWritten() throws {
        var record = Self.record
        record.identities = FlowIdentities(source: Self.identity("a"), destination: Self.identity("b"), hostName: nil)
        record.relay = FlowRelay(
            .to,
            FlowIdentifier(bits: 9),
            address: .v4(IPv4Address(bits: 3)),
            port: 5432,
            identity: Identity(kind: .outside, confidence: .likely)
        )
        let line = Self.line(record)
        let read = try #require(try FlowRecord(reading: line.span))
        #expect(Self.line(read) == line)
        #expect(read == record)
        record.action = .ended
        record.endReason = .rst
        record.twin = FlowIdentifier(bits: 1)
        let ended = Self.line(record)
        #expect(try FlowRecord(reading: ended.span) == record)
    }

    @Test(arguments: [(1, 0), (28, 3), (65, 2), (4711, 12)] as [(UInt16, UInt8)])
    func haveWhatWasAskedOfAResolver(type: UInt16, code: UInt8) throws {
        var record = Self.record
        var details = ApplicationDetails()
        details.dnsQuestionName = "api.shop.example"
        details.dnsQuestionType = DNSRecordType(rawValue: type)
        details.dnsResponseCode = DNSResponseCode(rawValue: code)
        record.details = details
        let line = Self.line(record)
        #expect(try FlowRecord(reading: line.span) == record)
    }

    @Test func passOverWordsOfDNSThatAreNone() throws {
        var record = Self.record
        record.details = ApplicationDetails()
        record.details?.dnsQuestionName = "api.shop.example"
        let line = String(decoding: Self.line(record), as: UTF8.self)
        let words = #""type":"TYPE65536"},"response_code":"RCODE16""#
        let other = Array(
            line.replacing(#""name":"api.shop.example"}"#, with: #""name":"api.shop.example",\#(words)"#).utf8
        )
        #expect(other.count > line.utf8.count)
        #expect(try FlowRecord(reading: other.span) == record)
    }

    @Test(arguments: [
        #"{"event":{"action":"sighting"}}"#, #"{"event":{}}"#, "{}", #"{"error":{"message":"m"}}"#,
    ]) func areNotMadeOfOtherRecords(line: String) throws {
        let bytes = Array(line.utf8)
        #expect(try FlowRecord(reading: bytes.span) == nil)
    }

    @Test(arguments: [
        "", "[]", "{", #"{"event":{"action":"flow_ended"}}"#,
        #"{"event":{"action":"flow_ended","start":"x"},"flow":{"id":"0123456789abcdef"}}"#,
    ]) func areRefusedWhenSomethingLacks(line: String) {
        let bytes = Array(line.utf8)
        #expect(throws: (any Error).self) { try FlowRecord(reading: bytes.span) }
    }

    @Test func keepIdentitiesWhole() throws {
        var identity = Self.identity("a").identity
        identity.namespace = NetworkNamespace(inode: 5)
        identity.interface = InterfaceKey(namespace: NetworkNamespace(inode: 5), index: 2)
        identity.interfaceName = "eth0"
        identity.bridgeName = "br\"0"
        identity.endpoint = .v4(IPv4Address(bits: 7))
        identity.container?.description.published = [
            PublishedPort(protocolNumber: 6, address: .v4(IPv4Address(bits: 0)), port: 80, containerPort: 8080)
        ]
        let text = IdentityText.text(of: identity, hostName: "node")
        let read = try IdentityText.read(text.span)
        #expect(read.identity == identity && read.hostName == "node")
        let bare = IdentityText.text(of: Identity(kind: .unknown, confidence: .unknown), hostName: nil)
        let nobody = try IdentityText.read(bare.span)
        #expect(nobody.identity == Identity(kind: .unknown, confidence: .unknown) && nobody.hostName == nil)
    }
}
