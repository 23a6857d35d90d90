import Support
import Testing

@testable import Flows

/// How a connection went, in the letters of `TCPConversation`, and what Zeek calls that.
struct ConnectionCase: CustomTestStringConvertible, Sendable {
    var letters: String
    var state: ConnectionState
    var history: String

    init(_ letters: String, _ state: ConnectionState, _ history: String? = nil) {
        self.letters = letters
        self.state = state
        self.history = history ?? letters
    }

    var testDescription: String { letters }

    /// As Zeek's logs have them, or where there was none at hand, as its rules say.
    static let all = [
        Self("S", .s0),
        Self("SSS", .s0, "S"),
        Self("Sh", .s1),
        Self("ShA", .s1),
        Self("ShADad", .s1),
        Self("ShAdDa", .s1),
        Self("ShADadFfA", .sf, "ShADadFf"),
        Self("ShADadfFa", .sf, "ShADadfF"),
        Self("ShADadF", .s2),
        Self("ShADadf", .s3),
        Self("Sr", .rej),
        Self("SrSrSr", .rej, "Sr"),
        Self("ShR", .rsto),
        Self("ShADadR", .rsto),
        Self("ShADdar", .rstr),
        Self("SR", .rstos0),
        Self("hr", .rstrh, "^hr"),
        Self("r", .rstrh, "^r"),
        Self("Dr", .rstrh),
        Self("R", .oth),
        Self("SF", .sh),
        Self("SADF", .sh),
        Self("Fa", .sh),
        Self("hf", .shr, "^hf"),
        Self("fA", .shr, "^fA"),
        Self("h", .oth, "^h"),
        Self("hADd", .s1, "^hADd"),
        Self("hADdFaf", .sf, "^hADdFaf"),
        Self("D", .oth),
        Self("Dd", .oth),
        Self("DdA", .oth),
        Self("Q", .sh, "QSF"),
        // A RST after both have closed changes nothing; one between the two FINs only until the second comes.
        Self("ShADadFfr", .sf),
        Self("ShADadfFr", .sf),
        Self("ShADadFR", .rsto),
        Self("ShAdDafr", .rstr),
        Self("ShADadFRf", .sf),
        Self("ShAdDafrF", .sf),
        // Of two RSTs the responder's counts.
        Self("ShADRr", .rstr),
        Self("ShADrF", .rstr),
    ]
}

@Suite("Connection states")
struct ConnectionStateTests {
    @Test(arguments: ConnectionCase.all)
    func areThoseOfZeek(_ connection: ConnectionCase) {
        let watch = FlowWatch()
        watch.converse(connection.letters)
        watch.finish()
        // A port used again by a SYN makes further records.
        #expect(watch.ended.allSatisfy { $0.connectionState == connection.state })
        #expect(watch.ended.first?.history == connection.history)
    }

    @Test(arguments: ConnectionCase.all)
    func doNotDependOnWhichEndHasTheLowerAddress(_ connection: ConnectionCase) {
        let watch = FlowWatch()
        var conversation = TCPConversation(from: .host(3))
        watch.converse(connection.letters, from: 0, &conversation)
        watch.finish()
        #expect(watch.ended.first?.connectionState == connection.state)
        #expect(watch.ended.first?.history == connection.history)
        #expect(watch.ended.first?.source == .host(3))
    }

    @Test func ofSimultaneousOpensAreEstablished() {
        let watch = FlowWatch()
        watch.converse("SsHh")
        watch.finish()
        #expect(watch.ended.map(\.connectionState) == [.s1])
    }

    @Test func ofRejectedEmptyConnectionsIsRejected() {
        let connection = ConnectionState(originator: .reset, responder: .reset, isEmpty: true)
        #expect(connection == .rej)
        #expect(ConnectionState(originator: .reset, responder: .reset, isEmpty: false) == .rstr)
    }

    @Test(arguments: [
        (true, true, ConnectionState.sf), (true, false, .s0), (false, true, .shr), (false, false, .oth),
    ])
    func ofDatagramsSayWhoWasHeard(originator: Bool, responder: Bool, state: ConnectionState) {
        #expect(ConnectionState(originatorSent: originator, responderSent: responder) == state)
    }
}
