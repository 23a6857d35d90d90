import Addressing
import Capture
import Records
import Support
import Testing

@testable import Monitor

@Suite("Clocks of several hosts")
struct ClockAlignmentTests {
    private func clock(_ hosts: TwoHosts, linkType: UInt32 = 1) throws -> (CaptureClock, ClockShift?) {
        try hosts.withFiles(linkType) { paths in
            let alignment = try ClockAlignment(paths: paths)
            return (try #require(alignment.clocks.first), alignment.shifts[paths[1]])
        }
    }

    private func finding(_ hosts: TwoHosts, linkType: UInt32 = 1) throws -> CaptureClock.Finding {
        try clock(hosts, linkType: linkType).0.finding
    }

    private static let year: Int64 = 31_536_000_000_000_000

    @Test(arguments: [3_700_000_000, -3_700_000_000, 0, 1_000, -20 * year / 10])
    func aLeadIsFoundToHalfOfWhatPacketsTake(offset: Int64) throws {
        var hosts = TwoHosts(offset: offset)
        hosts.delays = (1_500_000, 100_000)
        for index in 0..<20 {
            hosts.connect(UInt32(index % 2), 100, after: Int64(index) * 300_000_000, fromFirst: index % 2 == 0)
        }
        guard case .found(let found, let uncertainty, let drift) = try finding(hosts) else {
            Issue.record("nothing found: \(try finding(hosts))")
            return
        }
        #expect(drift == 0)
        #expect(abs(found - offset) <= uncertainty)
        // Half of there and back, and of what the fastest packet of each way was held up.
        #expect(800_000...850_000 ~= uncertainty)
    }

    @Test func whatIsInATunnelOnOneSideIsTheSamePacket() throws {
        var hosts = TwoHosts(offset: -5_000_000)
        hosts.isTunnelled = true
        for client in 1...4 { hosts.connect(UInt32(client), 100, after: Int64(client) * 10_000_000) }
        let (clock, shift) = try clock(hosts)
        // Of a connection's seven packets one only acknowledges.
        #expect(clock.packets == 24)
        #expect(abs((shift?.offset ?? 0) + 5_000_000) < 300_000)
    }

    @Test func datagramsAreCompared() throws {
        var hosts = TwoHosts(offset: 42_000_000)
        for index in 0..<10 {
            let (question, answer) = (
                [UInt8](repeating: UInt8(index), count: 20), [UInt8(index)] + Array("answered".utf8)
            )
            let (after, port) = (Int64(index) * 1_000_000, UInt16(5000))
            hosts.send(
                PacketBuilder.datagram(from: .host(1), port, to: .host(9), 53, question),
                fromFirst: true,
                after: after
            )
            hosts.send(
                PacketBuilder.datagram(from: .host(9), 53, to: .host(1), port, answer),
                fromFirst: false,
                after: after + 500_000
            )
        }
        let (clock, shift) = try clock(hosts)
        #expect(clock.packets == 20)
        #expect(abs((shift?.offset ?? 0) - 42_000_000) < 300_000)
    }

    @Test func aClockThatRunsFasterIsSetRightEverywhere() throws {
        var hosts = TwoHosts(offset: 250_000_000)
        hosts.drift = 50e-6
        for index in 0..<60 { hosts.connect(UInt32(index % 3), 100, after: Int64(index) * 10_000_000_000) }
        let (clock, shift) = try clock(hosts)
        guard case .found(_, let uncertainty, let drift) = clock.finding, let shift else {
            Issue.record("\(clock.finding)")
            return
        }
        #expect(abs(drift - 50e-6) < 1e-6)
        #expect(uncertainty < 1_000_000)
        // Every packet is where it was within what it took.
        for (mine, theirs) in zip(hosts.first, hosts.second) {
            let corrected = shift.corrected(Timestamp(nanoseconds: theirs.time)).nanoseconds
            #expect(abs(corrected - mine.time) < 1_000_000)
        }
    }

    /// In ten seconds it gains nearly as much as packets take there and back: a single lead fits, with hardly any room.
    @Test(arguments: [(100e-6, 9_900), (60e-6, 9_900), (30e-6, 9_900)])
    func whatAClockGainsWhilePacketsAreUnderWayIsTold(drift: Double, milliseconds: Int64) throws {
        var hosts = TwoHosts(offset: 0)
        hosts.drift = drift
        hosts.delays = (500_000, 500_000)
        for index in 0..<100 { hosts.connect(UInt32(index % 3), 100, after: Int64(index) * milliseconds * 10_000) }
        let (clock, shift) = try clock(hosts)
        guard case .found(let offset, let uncertainty, let found) = clock.finding, let shift else {
            Issue.record("\(clock.finding)")
            return
        }
        let end = TwoHosts.start + milliseconds * 1_000_000
        let wrong = end + Int64(Double(milliseconds) * 1e6 * drift)
        // At the beginning and at the end it is within what is told.
        #expect(abs(offset) <= uncertainty && uncertainty < 1_000_000)
        #expect(abs(shift.corrected(Timestamp(nanoseconds: wrong)).nanoseconds - end) <= uncertainty)
        if drift > 90e-6 { #expect(abs(found - drift) < 10e-6) }
    }

    /// Few packets that are held up now and then may look like a drift that is none.
    @Test(arguments: 1...24) func whereThereIsNoDriftTheLeadIsWithinWhatIsTold(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        var hosts = TwoHosts(offset: 5_000_000)
        for index in 0..<4 {
            hosts.delays = (Int64(numbers.next() % 20_000_000), Int64(numbers.next() % 20_000_000))
            hosts.connect(1, 100, after: Int64(index) * 20_000_000_000)
        }
        let (clock, shift) = try clock(hosts)
        guard case .found(_, let uncertainty, _) = clock.finding, let shift else {
            Issue.record("\(clock.finding)")
            return
        }
        for time in [TwoHosts.start, TwoHosts.start + 60_000_000_000] {
            let corrected = shift.corrected(Timestamp(nanoseconds: time + 5_000_000)).nanoseconds
            #expect(abs(corrected - time) <= uncertainty)
        }
    }

    @Test func bothDirectionsFarApartAreNotOneDirection() throws {
        var hosts = TwoHosts(offset: 9_000_000)
        for index in 0..<8 {
            let isQuestion = index % 2 == 0
            let (from, to) = isQuestion ? (IPAddress.host(1), IPAddress.host(9)) : (.host(9), .host(1))
            let frame = PacketBuilder.datagram(from: from, 53, to: to, 53, [UInt8](repeating: UInt8(index), count: 20))
            hosts.send(frame, fromFirst: isQuestion, after: Int64(index) * 2_000_000_000)
        }
        let (clock, shift) = try clock(hosts)
        #expect(clock.finding == .farApart && clock.packets == 8 && shift == nil)
        #expect("\(clock)".contains("within a second"))
    }

    @Test func nothingInCommonIsNothingFound() throws {
        var hosts = TwoHosts(offset: 0)
        for client in 1...9 { hosts.connect(UInt32(client), 100, after: 0) }
        var others = TwoHosts(offset: 0)
        for client in 21...29 { others.connect(UInt32(client), 100, after: 0) }
        hosts.changeSecond { $0 = others.second }
        let (clock, shift) = try clock(hosts)
        #expect(clock.finding == .tooFew && clock.packets == 0 && shift == nil)
        #expect("\(clock)".hasSuffix("too few to compare clocks; its times are left as they are"))
    }

    @Test func oneConnectionIsEnoughAndLessIsNot() throws {
        var hosts = TwoHosts(offset: 9_000_000)
        hosts.connect(1, 100, after: 0)
        #expect(try clock(hosts).1 != nil)
        hosts.changeSecond { $0.removeLast() }
        #expect(try finding(hosts) == .tooFew)
    }

    @Test func oneDirectionTellsNothing() throws {
        var hosts = TwoHosts(offset: 9_000_000)
        for client in 1...9 { hosts.connect(UInt32(client), 100, after: 0, answers: false) }
        #expect(try finding(hosts) == .oneWay)
    }

    @Test func packetsThatTakeNoTimeTellEverything() throws {
        var hosts = TwoHosts(offset: 0)
        for client in 1...9 { hosts.connect(UInt32(client), 100, after: 0) }
        let first = hosts.first
        hosts.changeSecond { $0 = first.map { ($0.time - 8_000_000, $0.frame) } }
        #expect(try finding(hosts) == .found(offset: -8_000_000, uncertainty: 1, drift: 0))
    }

    @Test func framesThatWereWrittenTwiceAreLeftOut() throws {
        var hosts = TwoHosts(offset: 9_000_000)
        for client in 1...9 { hosts.connect(UInt32(client), 100, after: 0) }
        hosts.changeFirst { $0 += $0.map { ($0.time + 1000, $0.frame) } }
        let (clock, shift) = try clock(hosts)
        #expect(clock.packets == 0 && clock.finding == .tooFew && shift == nil)
    }

    @Test func aPacketIsSeenAtEachInterfaceOfItsWay() throws {
        var hosts = TwoHosts(offset: 9_000_000)
        hosts.connect(1, 100, after: 0)
        hosts.connect(2, 100, after: 5_000_000, fromFirst: false)
        // In at one interface, out at the next, 20 µs later each.
        hosts.changeFirst { frames in
            frames = frames.flatMap { time, frame in
                (0..<3).map { step in
                    let cooked = PacketBuilder.cooked(Array(frame[14...]), index: UInt32(step + 2), outgoing: step > 0)
                    return (time + Int64(step) * 20_000, cooked)
                }
            }
        }
        let (clock, shift) = try clock(hosts, linkType: 276)
        #expect(clock.packets == 12)
        #expect(abs((shift?.offset ?? 0) - 9_000_000) < 300_000)
    }

    /// The first and the third have nothing in common, and the second something with each.
    @Test(arguments: [[0, 1, 2], [0, 2, 1]])
    func whoSawNothingOfTheFirstIsComparedWithWhoDid(order: [Int]) throws {
        var near = TwoHosts(offset: 2_000_000_000)
        for client in 1...4 { near.connect(UInt32(client), 100, after: Int64(client) * 10_000_000) }
        var far = TwoHosts(offset: -5_000_000_000)
        for client in 11...14 { far.connect(UInt32(client), 200, after: Int64(client) * 10_000_000) }
        // The second saw what is between it and the third by its own clock.
        near.changeSecond { $0 += far.first.map { ($0.time + 2_000_000_000, $0.frame) } }
        try near.withFiles { one in
            try far.withFiles { other in
                let paths = [one[0], one[1], other[1]]
                let alignment = try ClockAlignment(paths: order.map { paths[$0] })
                #expect(alignment.clocks.map(\.file) == order.dropFirst().map { paths[$0] })
                #expect(abs((alignment.shifts[paths[1]]?.offset ?? 0) - 2_000_000_000) < 300_000)
                #expect(abs((alignment.shifts[paths[2]]?.offset ?? 0) + 5_000_000_000) < 600_000)
                let third = try #require(alignment.clocks.first { $0.file == paths[2] })
                guard case .found(let offset, let uncertainty, _) = third.finding else {
                    Issue.record("\(third)")
                    return
                }
                #expect(abs(offset + 5_000_000_000) <= uncertainty)
                #expect(third.via == paths[1] && third.standard == paths[0])
                #expect("\(third)".contains("24 packets are in \(paths[1]))"))
            }
        }
    }
}
