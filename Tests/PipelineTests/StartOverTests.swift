import Addressing
import Containers
import Flows
import Pipeline
import Records
import Testing

@Suite("Beginning anew when the clock was set back")
struct StartOverTests {
    /// Tells again what was open, as of a time in milliseconds.
    private func startOver(_ watch: IdentityWatch, at milliseconds: Int64) -> [JournalEntry.Change] {
        let standing = watch.pipeline.startOver()
        watch.pipeline.change(standing.map { JournalEntry(time: IdentityWatch.time(milliseconds), change: $0) })
        return standing
    }

    @Test func flowsEndAndBeginInTheNewTime() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 3_600_005)
        watch.send(at: 3_600_010)
        let standing = startOver(watch, at: 8)
        #expect(watch.told == ["flow_started web", "flow_ended web"])
        #expect(watch.listener.ended.map(\.reason) == [.forced])
        #expect(watch.pipeline.flowCount == 0)
        #expect(standing.count == 7)
        // The same conversation is another flow, of the new time, with the name and the interface it had.
        watch.send(at: 10)
        #expect(watch.pipeline.time == IdentityWatch.time(10))
        #expect(watch.told == ["flow_started web", "flow_ended web", "flow_started web"])
        #expect(watch.listener.flows.last?.points == watch.listener.flows.first?.points)
        #expect(watch.listener.flows.last?.names.identities == watch.listener.flows.first?.names.identities)
        // And times out by it.
        watch.advance(to: 61_000)
        #expect(watch.listener.ended.map(\.reason) == [.forced, .idle])
        watch.pipeline.finish()
        #expect(watch.pipeline.totals.late == 0)
    }

    @Test func withoutItNothingTimesOut() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 3_600_005)
        watch.send(at: 3_600_010)
        watch.send(at: 10)
        watch.advance(to: 61_000)
        #expect(watch.listener.ended.isEmpty)
        #expect(watch.pipeline.totals.late == 1)
    }

    @Test func totalsGoOn() {
        let watch = IdentityWatch()
        watch.send(at: 3_600_010)
        watch.send(at: 3_600_009)
        _ = startOver(watch, at: 8)
        watch.send(at: 10)
        watch.send(at: 9)
        watch.send(at: 8)
        _ = startOver(watch, at: 5)
        watch.pipeline.finish()
        let totals = watch.pipeline.totals
        #expect(totals.frames == 5)
        #expect(totals.packets == 5)
        #expect(totals.flows == 2)
        #expect(totals.late == 3)
    }

    @Test func whatIsGoneStaysGone() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 3_600_005)
        watch.change(.containerEnded(ContainerKey(identifier: "c1", generation: 1)), at: 3_600_100)
        let standing = startOver(watch, at: 8)
        #expect(!standing.contains { if case .container = $0 { true } else { false } })
        watch.send(at: 10_000)
        watch.advance(to: 11_000)
        #expect(watch.told == ["flow_started -"])
    }

    @Test func startsThatWaitAreToldFirst() {
        let watch = IdentityWatch()
        watch.start(named: nil, at: 3_600_005)
        watch.send(at: 3_600_010)
        #expect(watch.told == [])
        _ = startOver(watch, at: 8)
        #expect(watch.told == ["flow_started -", "flow_ended -"])
        let waits = watch.pipeline.hasWaiting
        #expect(!waits)
    }

    @Test func theDetailStaysAsItWasSet() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        watch.pipeline.setDetail(FlowDetailLevel(updateInterval: 1, inspects: true))
        _ = startOver(watch, at: 8)
        for second in Int64(1)...5 { watch.send(at: second * 1000 + 1) }
        #expect(watch.told == ["flow_started web", "flow_updated web", "flow_updated web", "flow_updated web"])
    }

    @Test func translationsGoOn() {
        let watch = IdentityWatch()
        let end = { (bits: UInt32, port: UInt16) in
            Translation.End(address: .v4(IPv4Address(bits: bits)), port: port)
        }
        let translation = Translation(
            namespace: IdentityWatch.home,
            protocolNumber: 17,
            originalSource: end(0x0a00_0002, 40_000),
            originalDestination: end(0xc000_0209, 9),
            replySource: end(0xc000_0209, 9),
            replyDestination: end(0xc000_0201, 40_000)
        )
        watch.start(named: "web", at: 5)
        watch.change(.translation(translation), at: 6)
        let standing = startOver(watch, at: 2)
        #expect(standing.filter { $0 == .translation(translation) }.count == 1)
        watch.send(at: 10)
        watch.send(at: 11, from: .v4(IPv4Address(bits: 0xc000_0201)))
        watch.pipeline.finish()
        #expect(watch.pipeline.totals.flows == 1)
    }
}
