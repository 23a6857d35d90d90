import Testing
import Wire

@Suite("QUIC long header")
struct QUICHeaderTests {
    @Test func readsAnInitial() throws {
        let header = try read(ApplicationPayload.quicInitial)
        #expect(header.kind == .initial)
        #expect(header.version == .v1)
        #expect(header.destinationConnectionIDLength == 8)
        #expect(header.sourceConnectionIDLength == 0)
    }

    @Test(arguments: 0..<15)
    func saysThatItIsCut(length: Int) {
        #expect(throws: WireError.truncated(.quic)) {
            try read(Array(ApplicationPayload.quicInitial.prefix(length)))
        }
    }

    @Test(
        arguments: zip(
            [0xc0, 0xd0, 0xe0, 0xf0] as [UInt8],
            [.initial, .zeroRTT, .handshake, .retry] as [QUICHeader.Kind]
        )
    )
    func countsTypesFromZeroInVersion1AndFromOneInVersion2(first: UInt8, kind: QUICHeader.Kind) throws {
        #expect(try read([first, 0, 0, 0, 1, 0, 0]).kind == kind)
        #expect(try read([first, 0xff, 0, 0, 29, 0, 0]).kind == kind)
        let second = 0xc0 | (first &+ 0x10) & 0x30
        #expect(try read([second, 0x6b, 0x33, 0x43, 0xcf, 0, 0]).kind == kind)
    }

    @Test func readsANegotiationWhateverTheOtherBitsSay() throws {
        let header = try read([0x80, 0, 0, 0, 0, 1, 7, 2, 8, 9, 0, 0, 0, 1])
        #expect(header.kind == .versionNegotiation)
        #expect(header.destinationConnectionIDLength == 1)
        #expect(header.sourceConnectionIDLength == 2)
    }

    @Test func allowsLongIdentifiersInUnknownVersionsOnly() throws {
        let identifier = [UInt8](repeating: 9, count: 21)
        #expect(try read([0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 21] + identifier + [0]).kind == .other)
        #expect(throws: WireError.malformed(.quic)) { try read([0xc0, 0, 0, 0, 1, 21] + identifier + [0]) }
        #expect(throws: WireError.malformed(.quic)) { try read([0xc0, 0, 0, 0, 1, 0, 21] + identifier) }
    }

    @Test func refusesAShortHeader() {
        #expect(throws: WireError.malformed(.quic)) { try read([0x40, 0, 0, 0, 1, 0, 0]) }
    }

    @Test(
        arguments: [
            (1, "1", true), (0x6b33_43cf, "2", true), (0xff00_001d, "draft-29", true), (0x5130_3530, "Q050", true),
            (0x5130_3436, "Q046", true), (0x1a2a_3a4a, "0x1a2a3a4a", true), (0x5130_3335, "0x51303335", false),
            (0xff00_0023, "0xff000023", false), (2, "0x2", false),
        ] as [(UInt32, String, Bool)]
    )
    func namesVersions(number: UInt32, name: String, isKnown: Bool) {
        let version = QUICVersion(rawValue: number)
        #expect(version.description == name)
        #expect(version.isKnown == isKnown)
    }

    private func read(_ bytes: [UInt8]) throws -> QUICHeader {
        try bytes.reading { try QUICHeader($0) }
    }
}
