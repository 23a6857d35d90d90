import Addressing
import Testing
import Wire

@Suite("DNS message")
struct DNSMessageTests {
    @Test func readsAQuery() throws {
        let query = ApplicationPayload.dnsQuery
        let header = try header(query)
        let question = try question(query)
        let answers = try answers(query)
        #expect(header == Header(id: 0x1f2e, opcode: 0, counts: [1, 0, 0, 0]))
        #expect(question == DNSQuestion(name: "www.example.com", type: .a, recordClass: 1))
        #expect(answers.isEmpty)
    }

    @Test func followsAnAliasToItsAddresses() throws {
        let answers = try answers(ApplicationPayload.dnsResponse)
        #expect(answers.map(\.name) == ["www.example.com", "cdn.example.com", "cdn.example.com"])
        #expect(answers.map(\.type) == [.cname, .a, .aaaa])
        #expect(answers.map(\.timeToLive) == [.seconds(3600), .seconds(60), .seconds(60)])
        #expect(answers[0].content == .alias("cdn.example.com"))
        #expect(answers[1].content == .address(.v4(IPv4Address(bits: 0xc000_0207))))
        #expect(answers[2].content == .address(.v6(IPv6Address(high: 0x2001_0db8 << 32, low: 7))))
    }

    @Test func readsTheAdditionalSectionOnlyWhenAsked() throws {
        let all = try answers(ApplicationPayload.dnsResponse, includesAdditional: true)
        #expect(all.count == 4)
        #expect(all.last?.name == "ns.example.com")
        #expect(all.last?.content == .address(.v4(IPv4Address(bits: 0xc000_0235))))
    }

    @Test(arguments: 0..<ApplicationPayload.dnsResponse.count)
    func givesTheAnswersBeforeTheCut(length: Int) throws {
        let bytes = Array(ApplicationPayload.dnsResponse.prefix(length))
        guard length >= 12 else {
            #expect(throws: WireError.truncated(.dns)) { try header(bytes) }
            return
        }
        let expected = [51, 67, 95].count { $0 <= length }
        let answers = try answers(bytes)
        #expect(answers.count == expected)
    }

    @Test(arguments: 12..<ApplicationPayload.dnsQuery.count)
    func saysThatTheQuestionIsCut(length: Int) {
        let bytes = Array(ApplicationPayload.dnsQuery.prefix(length))
        #expect(throws: WireError.truncated(.dns)) { _ = try question(bytes) }
    }

    @Test func readsTheMessageBehindATCPLength() throws {
        let bytes = [0, 33] + ApplicationPayload.dnsQuery + ApplicationPayload.dnsQuery
        let name = try bytes.reading { try DNSMessage(segment: $0).question()?.name }
        #expect(name == "www.example.com")
    }

    @Test func readsWhatASegmentHoldsOfALongerMessage() throws {
        let bytes = [0x10, 0] + ApplicationPayload.dnsResponse
        let count = try bytes.reading { try DNSMessage(segment: $0).answers().count }
        #expect(count == 3)
    }

    @Test func refusesATCPLengthTooShortForAHeader() {
        let bytes = [0, 11] + ApplicationPayload.dnsQuery
        #expect(throws: WireError.malformed(.dns)) {
            try bytes.reading { try DNSMessage(segment: $0).id }
        }
    }

    @Test func hasNoQuestionWhenItCountsNone() throws {
        let question = try question([0, 7, 0x84, 0] + [UInt8](repeating: 0, count: 8))
        #expect(question == nil)
    }

    @Test func stopsAtTheEndWhenTheCountsLie() throws {
        let header: [UInt8] = [0, 7, 0x81, 0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
        let none = try answers(header + [1, 0x61, 0, 0, 1, 0, 1])
        #expect(none.isEmpty)
        var lying = ApplicationPayload.dnsResponse
        lying.replaceSubrange(6..<12, with: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
        let all = try answers(lying)
        #expect(all.count == 4)
    }

    @Test func readsNoMoreAnswersThanTheLimit() throws {
        let record: [UInt8] = [0, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 10, 0, 0, 1]
        let header: [UInt8] = [0, 7, 0x81, 0x80, 0, 0, 0x01, 0, 0, 0, 0, 0]
        let answers = try answers(header + Array(repeatElement(record, count: 256).joined()))
        #expect(answers.count == DNSMessage.answerLimit)
        #expect(answers.allSatisfy { $0.name == "." })
    }

    @Test func takesADataLengthPastTheEndForACut() throws {
        let header: [UInt8] = [0, 7, 0x81, 0x80, 0, 0, 0, 1, 0, 0, 0, 0]
        let answers = try answers(header + [0, 0, 1, 0, 1, 0, 0, 0, 0, 0xff, 0xff])
        #expect(answers.isEmpty)
    }

    @Test(
        arguments: [
            // An A record of five octets, one of class CH, an alias that ends early.
            [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5],
            [0, 0, 1, 0, 3, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4],
            [0, 0, 5, 0, 1, 0, 0, 0, 0, 0, 4, 1, 0x61, 0, 9],
            [0, 0, 16, 0, 1, 0, 0, 0, 0, 0, 2, 1, 0x61],
        ] as [[UInt8]]
    )
    func givesNoContentToDataThatDoesNotFit(record: [UInt8]) throws {
        let answers = try answers([0, 7, 0x81, 0x80, 0, 0, 0, 1, 0, 0, 0, 0] + record)
        #expect(answers.map(\.content) == [.other])
    }

    @Test func takesACacheFlushForTheInternetClass() throws {
        let record: [UInt8] = [0, 0, 1, 0x80, 1, 0xff, 0xff, 0xff, 0xff, 0, 4, 10, 0, 0, 9]
        let answers = try answers([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0] + record)
        #expect(answers.first?.content == .address(.v4(IPv4Address(bits: 0x0a00_0009))))
        #expect(answers.first?.timeToLive == .zero)
    }

    @Test func readsTheFlags() throws {
        let header = try header([0, 0, 0xaa, 0x83, 0, 0, 0, 0, 0, 1, 0, 2])
        let expected = Header(
            id: 0,
            isResponse: true,
            opcode: 5,
            isTruncated: true,
            responseCode: .nameError,
            counts: [0, 0, 1, 2]
        )
        #expect(header == expected)
    }

    @Test func namesTypesAndCodesAsIANADoes() {
        #expect(DNSRecordType.aaaa.description == "AAAA")
        #expect(DNSRecordType(rawValue: 1234).description == "TYPE1234")
        #expect(DNSResponseCode.nameError.description == "NXDOMAIN")
        #expect(DNSResponseCode(rawValue: 15).description == "RCODE15")
    }

    /// What the getters of the fixed part say.
    private struct Header: Equatable {
        var id: UInt16
        var isResponse = false
        var opcode: UInt8
        var isTruncated = false
        var responseCode = DNSResponseCode.noError
        var counts: [UInt16]
    }

    private func header(_ bytes: [UInt8]) throws -> Header {
        try bytes.reading { payload in
            let message = try DNSMessage(payload)
            return Header(
                id: message.id,
                isResponse: message.isResponse,
                opcode: message.opcode,
                isTruncated: message.isTruncated,
                responseCode: message.responseCode,
                counts: [message.questionCount, message.answerCount, message.authorityCount, message.additionalCount]
            )
        }
    }

    private func question(_ bytes: [UInt8]) throws -> DNSQuestion? {
        try bytes.reading { try DNSMessage($0).question() }
    }

    private func answers(
        _ bytes: [UInt8],
        includesAdditional: Bool = false
    ) throws -> [DNSResourceRecord] {
        try bytes.reading { payload in
            try DNSMessage(payload).answers(includesAdditional: includesAdditional)
        }
    }
}
