import Addressing
import Containers
import Netlink
import Testing

@testable import Monitor

@Suite("Connections that are about to begin")
struct SocketForesightTests {
    private let home = NetworkNamespace(inode: 1)
    private let own: Set<IPAddress> = [.v4(IPv4Address(bits: 1))]

    private func message(from source: UInt32, protocolNumber: UInt8 = 6) -> ConnectionMessage {
        func tuple(_ source: UInt32, _ destination: UInt32) -> ConnectionTuple {
            ConnectionTuple(
                source: .v4(IPv4Address(bits: source)),
                destination: .v4(IPv4Address(bits: destination)),
                protocolNumber: protocolNumber,
                sourcePort: 1000,
                destinationPort: 80
            )
        }
        return ConnectionMessage(original: tuple(source, 9), reply: tuple(9, source))
    }

    private func noted(_ foresight: inout SocketForesight, _ message: ConnectionMessage, at seconds: Int64 = 0) -> Int {
        foresight.note(message, in: home, at: Timestamp(nanoseconds: seconds * 1_000_000_000)) { own }
        return foresight.take().count
    }

    @Test func thoseThatTheHostBeginsAreAskedForAndNobodyWaits() throws {
        var foresight = SocketForesight()
        foresight.isWanted = true
        foresight.note(message(from: 1), in: home, at: Timestamp(nanoseconds: 5)) { own }
        let questions = foresight.take()
        let question = try #require(questions.first)
        #expect(questions.count == 1 && !question.isAwaited && !question.isServer)
        #expect(question.key.local.port == 1000 && question.key.remote.port == 80 && question.key.namespace == home)
        #expect(question.since == Timestamp(nanoseconds: 5))
        #expect(foresight.take().isEmpty)
    }

    @Test func othersAreNot() {
        var foresight = SocketForesight()
        #expect(noted(&foresight, message(from: 1)) == 0)
        foresight.isWanted = true
        #expect(noted(&foresight, message(from: 2)) == 0)
        #expect(noted(&foresight, message(from: 1, protocolNumber: 1)) == 0)
        #expect(noted(&foresight, message(from: 1, protocolNumber: 17)) == 1)
    }

    @Test func theHostsAddressesAreLookedAtOnceASecond() {
        var foresight = SocketForesight()
        foresight.isWanted = true
        var looks = 0
        for milliseconds in [0, 500, 999, 1000, 1500, 200] as [Int64] {
            foresight.note(message(from: 1), in: home, at: Timestamp(nanoseconds: milliseconds * 1_000_000)) {
                looks += 1
                return own
            }
        }
        #expect(looks == 3)
    }

    @Test func moreThanThereIsRoomForAreLeftOut() {
        var foresight = SocketForesight()
        foresight.isWanted = true
        for _ in 0..<2000 { foresight.note(message(from: 1), in: home, at: Timestamp(nanoseconds: 0)) { own } }
        #expect(foresight.take().count == 1024)
    }
}
