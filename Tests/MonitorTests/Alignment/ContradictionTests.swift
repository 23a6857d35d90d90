import Addressing
import Capture
import Records
import Support
import Testing
import Wire

@testable import Monitor

/// Packets that say different things of one clock, by chance or by somebody's will.
@Suite("Contradictions about clocks")
struct ContradictionTests {
    private func clock(_ hosts: TwoHosts) throws -> (CaptureClock, ClockShift?) {
        try hosts.withFiles { paths in
            let alignment = try ClockAlignment(paths: paths)
            return (try #require(alignment.clocks.first), alignment.shifts[paths[1]])
        }
    }

    /// Packets between two addresses reached the second later than they did.
    private func delay(_ hosts: inout TwoHosts, _ pairs: ClosedRange<UInt32>, by wrong: Int64 = 1_000_000_000) {
        let clients = pairs.map { PacketBuilder.octets(UInt64(0x0a00_0000 + $0), count: 4) }
        hosts.changeSecond { frames in
            for index in frames.indices {
                let frame = frames[index].frame
                if clients.contains(Array(frame[26..<30])) || clients.contains(Array(frame[30..<34])) {
                    frames[index].time += wrong
                }
            }
        }
    }

    private func crowd(_ offset: Int64 = 7_000_000) -> TwoHosts {
        var hosts = TwoHosts(offset: offset)
        for client in 1...20 { hosts.connect(UInt32(client), 100, after: Int64(client) * 1_000_000) }
        return hosts
    }

    @Test func oneInTwentyIsOutvoted() throws {
        var hosts = crowd()
        delay(&hosts, 4...4)
        let (clock, shift) = try clock(hosts)
        #expect(abs((shift?.offset ?? 0) - 7_000_000) < 300_000)
        #expect(clock.packets == 120)
    }

    /// Also where the clock drifts, and every pair of addresses is there for a moment only.
    @Test(arguments: [1_000_000_000, -1_000_000_000, 3_000_000])
    func oneInTwentyDoesNotHideADrift(wrong: Int64) throws {
        var hosts = TwoHosts(offset: 7_000_000)
        hosts.drift = -80e-6
        for client in 1...20 { hosts.connect(UInt32(client), 100, after: Int64(client) * 10_000_000_000) }
        delay(&hosts, 4...4, by: wrong)
        let (clock, shift) = try clock(hosts)
        guard case .found(_, _, let drift) = clock.finding, let shift else {
            Issue.record("\(clock.finding)")
            return
        }
        #expect(abs(drift + 80e-6) < 5e-6)
        let last = try #require(zip(hosts.first, hosts.second).max { $0.0.time < $1.0.time })
        #expect(abs(shift.corrected(Timestamp(nanoseconds: last.1.time)).nanoseconds - last.0.time) < 1_000_000)
    }

    @Test(arguments: [UInt32(3), 10, 17])
    func moreThanOneInTenIsNot(liars: UInt32) throws {
        var hosts = crowd()
        delay(&hosts, 1...liars)
        let (clock, shift) = try clock(hosts)
        #expect(clock.finding == .contradictory && shift == nil)
        #expect("\(clock)".contains("contradict each other"))
    }

    @Test func aClockThatWasSetMeanwhileIsNotGuessed() throws {
        var hosts = TwoHosts(offset: 0)
        for index in 0..<20 { hosts.connect(1, 100, after: Int64(index) * 1_000_000_000) }
        hosts.changeSecond { frames in
            for index in frames.indices.dropFirst(frames.count / 2) { frames[index].time += 400_000_000 }
        }
        #expect(try clock(hosts).0.finding == .contradictory)
    }

    /// The same bytes sent on both sides by somebody who is on both: times that no way of a packet explains.
    @Test func packetsThatWereMadeOnBothSidesAreNotBelieved() throws {
        var numbers = SeededNumbers(seed: 3)
        var hosts = TwoHosts(offset: 0)
        for client in 1...5 { hosts.connect(UInt32(client), 100, after: 0) }
        hosts.changeSecond { frames in
            for index in frames.indices { frames[index].time += Int64(numbers.next() % 2_000_000_000) }
        }
        let (clock, shift) = try clock(hosts)
        #expect(clock.finding == .contradictory && shift == nil)
    }

    @Test func timesAtTheEndsOfTimeAreSurvived() throws {
        let mark = try #require(Self.mark(1))
        for (there, here) in [(Int64.min, Int64.max), (.max, .min), (0, .max), (.min, 0), (0, 1 << 61)] {
            let match = ClockMatch(
                mark,
                there: PacketSighting(at: there, point: 1),
                here: PacketSighting(at: here, point: 1),
                slack: 1
            )
            #expect(match == nil)
        }
        var sighting = PacketSighting(at: .min, point: 1)
        sighting.add(at: .max, point: 2)
        #expect(sighting.isRepeated)
        for drift in [0, 1e-4] {
            let shift = ClockShift(offset: 1 << 60, drift: drift, reference: Timestamp(nanoseconds: .max))
            #expect(shift.corrected(Timestamp(nanoseconds: .min)).nanoseconds < 0)
            #expect(
                ClockShift(offset: -1 << 60, drift: drift).corrected(Timestamp(nanoseconds: .max)).nanoseconds > 1 << 60
            )
        }
    }

    @Test func theTableHoldsTheSamePacketsOfBothHowManyEverThereAre() throws {
        var (one, other) = (SightingTable(), SightingTable())
        let count = SightingTable.limit + SightingTable.limit / 2
        for number in 0..<count {
            guard let mark = Self.mark(UInt32(number)) else { continue }
            one.add(mark, at: Int64(number), point: 1)
        }
        for number in (0..<count).reversed() {
            guard let mark = Self.mark(UInt32(number)) else { continue }
            other.add(mark, at: Int64(number), point: 1)
        }
        #expect(one.sightings.count <= SightingTable.limit && one.sightings.count > SightingTable.limit / 4)
        #expect(Set(one.sightings.keys) == Set(other.sightings.keys))
    }

    private static func mark(_ number: UInt32) -> PacketMark? {
        var packet = Packet()
        packet.flags = [.ipv4, .hasTransport]
        packet.transport = 6 << 32 | 80
        packet.payloadLength = 1
        packet.sequence = number
        let nothing: [UInt8] = []
        return unsafe PacketMark(packet, in: nothing.span.bytes)
    }
}
