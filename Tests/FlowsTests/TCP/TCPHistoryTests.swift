import Addressing
import Support
import Testing

@testable import Flows

@Suite("TCP histories")
struct TCPHistoryTests {
    private func history(_ letters: String) -> String? {
        let watch = FlowWatch()
        watch.converse(letters)
        watch.finish()
        #expect(watch.ended.count == 1)
        return watch.ended.first?.history
    }

    @Test func noteEachLetterOnceForEachEnd() {
        #expect(history("ShADaDaDadAdAdA") == "ShADad")
    }

    @Test(arguments: [("ShADT", "ShADT"), ("ShADadt", "ShADadt"), ("ShADaTdtFf", "ShADaTdtFf")])
    func noteWhatWasSentAgain(letters: String, expected: String) {
        #expect(history(letters) == expected)
    }

    @Test(arguments: [(1, "T"), (9, "T"), (10, "TT"), (99, "TT"), (100, "TTT"), (1000, "TTTT")])
    func noteWhatWasSentAgainAtPowersOfTen(count: Int, letters: String) {
        #expect(history("ShAD" + String(repeating: "T", count: count)) == "ShAD" + letters)
    }

    @Test func noteBytesThatWereAcknowledgedAndNeverSeen() {
        #expect(history("ShADPa") == "ShADaG")
        #expect(history("ShADpA") == "ShADdg")
        #expect(history("ShADaLa") == "ShADaFG")
    }

    @Test func takeBytesThatComeLateForNoGap() {
        #expect(history("ShADPKa") == "ShADTa")
    }

    @Test func noteAWindowThatIsShut() {
        #expect(history("ShADwA") == "ShADaw")
        #expect(history("ShADadW") == "ShADadW")
    }

    @Test func tellOddFlagsInOnePacket() {
        #expect(history("Q") == "QSF")
        #expect(history("ShADI") == "ShADIFR")
    }

    @Test func keepEighteenLetters() {
        let letters = "ShADad" + "Tt" + "Ww" + "FfRr"
        #expect(history(letters) == "ShADadTtWwFfRr")
        let many = history("ShADad" + String(repeating: "TtWw", count: 1000) + "FfRr")
        #expect(many?.count == 18)
    }

    @Test func beginWithAHatWhenTheFirstPacketIsAnAnswer() {
        #expect(history("dA") == "^dA")
        #expect(history("a") == "^a")
    }

    /// Sequence numbers wrap at 2^32; nothing may look lost or sent again then.
    @Test(arguments: [UInt32.max, UInt32.max - 1, UInt32.max - 15, 0x7fff_fff0])
    func doNotMindSequenceNumbersThatWrap(sequence: UInt32) {
        let watch = FlowWatch()
        var conversation = TCPConversation(sequence: sequence)
        watch.converse("ShADaDadDaFfA", from: 0, &conversation)
        watch.finish()
        #expect(watch.ended.map(\.history) == ["ShADadFf"])
    }

    @Test func ofDatagramsSayWhoSentWhat() {
        let watch = FlowWatch()
        watch.datagram(at: 0)
        watch.datagram(at: 1)
        watch.answer(at: 2)
        watch.see(PacketBuilder.datagram(from: .host(5), 53, to: .host(4), 40_000), at: 3)
        watch.finish()
        #expect(watch.ended.map(\.history) == ["Dd", "^d"])
    }

    @Test func ofOtherProtocolsAreEmpty() {
        let watch = FlowWatch()
        let ping = PacketBuilder.ip(PacketBuilder.icmp(type: 8), 1, from: .host(1), to: .host(2))
        watch.see(PacketBuilder.ethernet(ping), at: 0)
        watch.finish()
        #expect(watch.ended.map(\.hasHistory) == [false])
        #expect(watch.ended.map(\.connectionState) == [.oth])
    }
}
