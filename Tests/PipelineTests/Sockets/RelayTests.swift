import Addressing
import Containers
import Flows
import Pipeline
import Records
import Support
import Testing

/// A process of the host takes connections at 10.0.0.1:8080 and begins others to `web`.
@Suite("Relays")
struct RelayTests {
    private let shown = Endpoint.host(1, 8080)
    private let web = Endpoint.host(2, 80)
    private let proxy: Int32 = 50

    private func client(_ port: UInt16) -> Endpoint { Endpoint.host(3, port) }

    private func watch(_ interest: SocketInterest = .told, listening process: Int32? = 50) -> SocketWatch {
        let watch = SocketWatch(interest)
        var listening = Containers.Listener(
            namespace: SocketWatch.home,
            protocolNumber: 6,
            address: .v4(IPv4Address(bits: 0)),
            port: 8080
        )
        listening.process = process.map { SocketProcess(identifier: $0, name: "proxy") }
        watch.change(.listener(listening))
        return watch
    }

    private func key(_ port: UInt16) -> SocketKey {
        SocketKey(
            namespace: SocketWatch.home,
            protocolNumber: 6,
            local: Endpoint.host(1, port).end,
            remote: web.end
        )
    }

    /// The process begins a connection from a port of the host, and that is known.
    private func begin(_ watch: SocketWatch, from port: UInt16, process: Int32 = 50, at time: Int64) {
        watch.segment(Endpoint.host(1, port), web, at: time)
        tell(watch, port, process: process, since: time)
    }

    private func tell(
        _ watch: SocketWatch,
        _ port: UInt16,
        process: Int32 = 50,
        since: Int64,
        at time: Int64? = nil
    ) {
        let question = SocketQuestion(key: key(port), since: SocketWatch.time(since), isServer: false)
        watch.answer(question, process: process, at: time ?? since)
        watch.advance(to: time ?? since)
    }

    /// Of each flow that ended, by the port it began from, the port that the other half began from or leads to.
    private func ends(_ watch: SocketWatch) -> [UInt16: UInt16] {
        watch.pipeline.finish()
        return watch.listener.ended.reduce(into: [:]) { $0[$1.sourcePort] = $1.names.relay?.port }
    }

    @Test func whatAProcessTookAndWhatItBeganAreLinked() throws {
        let watch = watch()
        watch.open(client(1000), shown, over: 8, at: 100)
        begin(watch, from: 2000, at: 101)
        watch.pipeline.finish()
        let flows = watch.listener.ended
        let near = try #require(flows.first { $0.sourcePort == 1000 })
        let far = try #require(flows.first { $0.sourcePort == 2000 })
        let (to, from) = (try #require(near.names.relay), try #require(far.names.relay))
        #expect(to.direction == .to && to.address == web.address && to.port == 80)
        #expect(to.identity.container?.description.name == "web")
        #expect(from.direction == .from && from.address == .host(3) && from.port == 1000)
        #expect(from.identity.candidates.count == 2)
        #expect(to.flow != from.flow)
        // True ends on both.
        #expect(near.destination == .host(1) && far.source == .host(1))
    }

    @Test(arguments: [true, false]) func whoSharesABatchChangesNothing(isOne: Bool) {
        let watch = watch()
        tell(watch, 2000, since: 101, at: 90)
        tell(watch, 2001, since: 111, at: 90)
        watch.isGathering = isOne
        // One that was never set up by then, and one that was.
        watch.segment(client(1001), shown, "S", over: 8, outgoing: false, at: 99)
        watch.open(client(1000), shown, over: 8, at: 100)
        watch.segment(Endpoint.host(1, 2000), web, at: 101)
        watch.segment(shown, client(1001), "SA", over: 8, at: 110)
        watch.segment(client(1001), shown, "A", over: 8, outgoing: false, at: 110)
        watch.segment(Endpoint.host(1, 2001), web, at: 111)
        watch.segment(client(1000), shown, "R", over: 8, outgoing: false, at: 9000)
        if isOne { watch.flush() }
        #expect(ends(watch) == [1000: 80, 2000: 1000, 1001: 80, 2001: 1001])
    }

    @Test func bothAreToldAgainWhenItComesOut() {
        let watch = watch()
        watch.open(client(1000), shown, over: 8, at: 100)
        watch.segment(Endpoint.host(1, 2000), web, at: 101)
        #expect(watch.listener.flows.map(\.action) == [.started, .started])
        tell(watch, 2000, since: 101)
        watch.advance(to: 120)
        let updated = watch.listener.flows.filter { $0.action == .updated }
        #expect(updated.map(\.sourcePort) == [1000, 2000])
        #expect(updated.allSatisfy { $0.names.relay != nil })
    }

    @Test func anotherProcessLinksNothing() {
        let watch = watch()
        watch.open(client(1000), shown, over: 8, at: 100)
        begin(watch, from: 2000, process: 51, at: 101)
        #expect(ends(watch) == [:])
    }

    @Test(arguments: [(1099, true), (1101, false)] as [(Int64, Bool)])
    func afterASecondItIsForSomethingElse(time: Int64, isLinked: Bool) {
        let watch = watch()
        watch.open(client(1000), shown, over: 8, at: 100)
        begin(watch, from: 2000, at: time)
        #expect(ends(watch).isEmpty != isLinked)
    }

    @Test func whatItBeganBeforeIsNotForIt() {
        let watch = watch()
        begin(watch, from: 2000, at: 99)
        watch.open(client(1000), shown, over: 8, at: 100)
        watch.advance(to: 101)
        #expect(ends(watch) == [:])
    }

    @Test func oneAfterTheOtherEachHasItsOwn() {
        let watch = watch()
        for number in 0..<UInt16(20) {
            watch.open(client(1000 + number), shown, over: 8, at: 100 + 10 * Int64(number))
            begin(watch, from: 2000 + number, at: 101 + 10 * Int64(number))
        }
        let ends = ends(watch)
        for number in 0..<UInt16(20) {
            #expect(ends[1000 + number] == 80)
            #expect(ends[2000 + number] == 1000 + number)
        }
    }

    @Test func ofSeveralThatItCouldBeNoneIsChosen() {
        let watch = watch()
        watch.open(client(1000), shown, over: 8, at: 100)
        watch.open(client(1001), shown, over: 8, at: 100)
        begin(watch, from: 2000, at: 101)
        begin(watch, from: 2001, at: 101)
        #expect(ends(watch) == [:])
    }

    @Test func answersInAnotherOrderGiveTheSame() {
        let watch = watch()
        watch.open(client(1000), shown, over: 8, at: 100)
        watch.segment(Endpoint.host(1, 2000), web, at: 101)
        watch.open(client(1001), shown, over: 8, at: 110)
        watch.segment(Endpoint.host(1, 2001), web, at: 111)
        tell(watch, 2001, since: 111)
        #expect(watch.listener.flows.allSatisfy { $0.names.relay == nil })
        tell(watch, 2000, since: 101, at: 112)
        #expect(ends(watch) == [1000: 80, 2000: 1000, 1001: 80, 2001: 1001])
    }

    @Test func aConnectionThatIsOverOrWasNeverSetUpIsNoCandidate() {
        let watch = watch()
        watch.segment(client(1000), shown, "S", over: 8, outgoing: false, at: 100)
        watch.open(client(1001), shown, over: 8, at: 100)
        watch.segment(client(1001), shown, "R", over: 8, outgoing: false, at: 101)
        watch.open(client(1002), shown, over: 8, at: 102)
        begin(watch, from: 2000, at: 103)
        #expect(ends(watch) == [1002: 80, 2000: 1002])
    }

    @Test func whatProcessesOfTheHostHaveToDoWithEachOtherIsNoneOfOurs() {
        let watch = watch()
        let local = Endpoint(address: .v4(IPv4Address(bits: 0x7f00_0001)), port: 8080)
        let other = Endpoint(address: local.address, port: 5432)
        watch.open(Endpoint(address: local.address, port: 1000), local, over: 1, at: 100)
        let from = Endpoint(address: local.address, port: 2000)
        watch.segment(from, other, over: 1, at: 101)
        let key = SocketKey(namespace: SocketWatch.home, protocolNumber: 6, local: from.end, remote: other.end)
        watch.answer(
            SocketQuestion(key: key, since: SocketWatch.time(101), isServer: false),
            process: proxy,
            at: 102
        )
        watch.advance(to: 103)
        #expect(watch.listener.flows.first?.names.identities?.destination.process?.identifier == proxy)
        #expect(ends(watch) == [:])
    }

    /// As of nginx, whose master listens and whose workers take connections.
    @Test func whereOneListensAndAnotherTakesTheSocketItselfIsAskedFor() throws {
        let watch = watch(.asked, listening: 49)
        watch.open(client(1000), shown, over: 8, at: 100)
        _ = watch.pipeline.takeQuestions()
        begin(watch, from: 2000, at: 101)
        let questions = watch.pipeline.takeQuestions().filter(\.isServer)
        let question = try #require(questions.first)
        #expect(questions.count == 1 && question.key.local == shown.end && question.key.remote == client(1000).end)
        watch.answer(question, process: 50, at: 102)
        watch.advance(to: 103)
        #expect(watch.pipeline.takeQuestions().isEmpty)
        #expect(ends(watch) == [1000: 80, 2000: 1000])
    }

    @Test func aRecordThatFollowsACutOneIsLinkedToo() {
        let watch = watch()
        watch.open(client(1000), shown, over: 8, at: 100)
        begin(watch, from: 2000, at: 101)
        for second in stride(from: Int64(30), through: 1830, by: 30) {
            watch.segment(client(1000), shown, "A", over: 8, outgoing: false, at: second * 1000)
        }
        watch.pipeline.finish()
        let own = watch.listener.ended.filter { $0.sourcePort == 1000 }
        #expect(own.map(\.reason) == [.active, .captureEnd])
        #expect(own.allSatisfy { $0.names.relay != nil })
    }

    @Test func aPortThatIsUsedAgainIsAnotherConnection() {
        let watch = watch()
        watch.open(client(1000), shown, over: 8, at: 100)
        begin(watch, from: 2000, at: 101)
        watch.segment(client(1000), shown, "R", over: 8, outgoing: false, at: 200)
        watch.advance(to: 20_000)
        watch.open(client(1000), shown, over: 8, at: 20_000)
        watch.pipeline.finish()
        #expect(watch.listener.ended.filter { $0.sourcePort == 1000 }.map { $0.names.relay != nil } == [true, false])
    }

    @Test func whatWasForgottenForWantOfRoomLinksNothing() {
        let watch = SocketWatch(.told, reportsStarts: false, capacity: 8192)
        var listening = Containers.Listener(
            namespace: SocketWatch.home,
            protocolNumber: 6,
            address: .v4(IPv4Address(bits: 0)),
            port: 8080
        )
        listening.process = SocketProcess(identifier: proxy, name: "proxy")
        watch.change(.listener(listening))
        for port in 0..<UInt16(4097) {
            watch.segment(client(10_000 + port), shown, over: 8, outgoing: false, at: 100)
        }
        watch.open(client(1000), shown, over: 8, at: 101)
        begin(watch, from: 2000, at: 102)
        #expect(ends(watch)[1000] == nil)
    }
}
