import Addressing
import Baseline
import Flows
import Records
import Testing
import Wire

@testable import Pipeline

/// What a remembered conversation with a resolver says of names.
@Suite("Names of stored flows")
struct StoredLookupTests {
    /// `answers` datagrams came back.
    private static func record(
        _ name: String?,
        _ code: DNSResponseCode? = .noError,
        answers: UInt64 = 1,
        protocolNumber: UInt8 = 17
    ) throws -> FlowRecord {
        func end(_ text: String, _ port: UInt16, _ packets: UInt64) throws -> FlowRecord.End {
            let address = try #require(IPAddress(text))
            return FlowRecord.End(FlowTranslation.End(address: address, port: port), packets: packets, bytes: 60)
        }
        var record = FlowRecord(
            action: .ended,
            identifier: FlowIdentifier(bits: 1),
            first: Timestamp(nanoseconds: 1_000_000_000),
            last: Timestamp(nanoseconds: 2_000_000_000),
            source: try end("10.0.0.2", 40_000, 1),
            destination: try end("10.0.0.53", 53, answers),
            protocolNumber: protocolNumber
        )
        record.application = .dns
        var details = ApplicationDetails()
        details.dnsQuestionName = name
        details.dnsResponseCode = code
        record.details = details
        return record
    }

    @Test func aNameThatIsThereTeaches() throws {
        let lookup = try #require(BaselineLookup(try Self.record("pay.example")))
        #expect(lookup.name == "pay.example" && !lookup.isOneOfSeveral)
        #expect(lookup.client.address == IPAddress("10.0.0.2"))
        #expect(lookup.time == Timestamp(nanoseconds: 2_000_000_000))
        // Both kinds of addresses.
        #expect(BaselineLookup(try Self.record("pay.example", answers: 2))?.isOneOfSeveral == false)
    }

    @Test func whatWasAskedBesidesIsMissed() throws {
        #expect(BaselineLookup(try Self.record("pay.example", answers: 3))?.isOneOfSeveral == true)
        #expect(BaselineLookup(try Self.record("pay.example", answers: 4, protocolNumber: 6))?.isOneOfSeveral == true)
        let missing = try #require(BaselineLookup(try Self.record("nowhere.example", .nameError, answers: 3)))
        #expect(missing.name.isEmpty && missing.isOneOfSeveral)
    }

    @Test func othersSayNothing() throws {
        #expect(BaselineLookup(try Self.record("nowhere.example", .nameError)) == nil)
        #expect(BaselineLookup(try Self.record("pay.example", nil)) == nil)
        #expect(BaselineLookup(try Self.record("pay.example", answers: 0)) == nil)
        var record = try Self.record("pay.example")
        record.application = .tls
        #expect(BaselineLookup(record) == nil)
    }
}
