import Addressing
import Containers
import Flows
import Pipeline
import Records
import Support
import Testing

@Suite("Whose sockets are asked for")
struct SocketQuestionTests {
    private let web = Endpoint.host(2, 80)
    private let host = Endpoint.host(1, 40_000)
    private let pair = Endpoint.host(3, 50_000)

    @Test func theHostsOwnWhenItBegins() {
        let watch = SocketWatch()
        watch.segment(host, web, at: 10)
        let questions = watch.pipeline.takeQuestions()
        let key = SocketKey(namespace: SocketWatch.home, protocolNumber: 6, local: host.end, remote: web.end)
        #expect(questions == [SocketQuestion(key: key, since: SocketWatch.time(10), isServer: false)])
        #expect(watch.pipeline.takeQuestions().isEmpty)
        // Its next segments ask nothing.
        watch.segment(web, host, "SA", outgoing: false, at: 11)
        watch.segment(host, web, "A", at: 11)
        #expect(watch.pipeline.takeQuestions().isEmpty)
    }

    @Test func thoseOfANamespaceThatSeveralShare() {
        let watch = SocketWatch()
        watch.segment(pair, web, over: 8, outgoing: false, at: 10)
        let questions = watch.pipeline.takeQuestions()
        #expect(questions.map(\.key.namespace) == [SocketWatch.shared])
        #expect(questions.map(\.key.local) == [pair.end])
    }

    @Test func noneWhereOneIsAloneOrNothingIsTold() {
        let alone = SocketWatch()
        alone.segment(web, Endpoint(address: .v4(IPv4Address(bits: 0xc000_0209)), port: 9), outgoing: false, at: 10)
        #expect(alone.pipeline.takeQuestions().isEmpty)
        for interest in [SocketInterest.none, .told] {
            let watch = SocketWatch(interest)
            watch.segment(host, web, at: 10)
            #expect(watch.pipeline.takeQuestions().isEmpty)
            #expect(watch.told == ["flow_started gateway -"])
        }
    }

    @Test func whoAnswersIsAskedForWhereNobodyIsKnownToListenAndLast() {
        let watch = SocketWatch()
        watch.segment(web, Endpoint.host(1, 22), outgoing: false, at: 10)
        watch.segment(host, web, at: 11)
        let questions = watch.pipeline.takeQuestions()
        #expect(questions.map(\.isServer) == [false, true])
        #expect(questions.last?.key.local == Endpoint.host(1, 22).end)
        var listening = Containers.Listener(
            namespace: SocketWatch.home,
            protocolNumber: 6,
            address: .v4(IPv4Address(bits: 0)),
            port: 22
        )
        listening.process = SocketProcess(identifier: 5, name: "sshd")
        watch.change(.listener(listening), at: 20)
        watch.segment(Endpoint.host(2, 1000), Endpoint.host(1, 22), outgoing: false, at: 30)
        #expect(watch.pipeline.takeQuestions().isEmpty)
    }

    @Test func whoBeganKnowsTheOtherByTheAddressBeforeNAT() {
        let watch = SocketWatch()
        let shown = Endpoint.host(1, 8080)
        let translation = Translation(
            namespace: SocketWatch.home,
            protocolNumber: 6,
            originalSource: host.end,
            originalDestination: shown.end,
            replySource: web.end,
            replyDestination: host.end
        )
        let before = SocketWatch()
        before.change(.translation(translation), at: 9)
        before.segment(host, web, at: 10)
        #expect(before.pipeline.takeQuestions().map(\.key.remote) == [shown.end])
        // What comes out only when it was asked for is asked for anew.
        watch.segment(host, web, at: 10)
        let first = watch.pipeline.takeQuestions()
        #expect(first.map(\.key.remote) == [web.end])
        watch.change(.translation(translation), at: 11)
        let second = watch.pipeline.takeQuestions()
        #expect(second.map(\.key.remote) == [shown.end])
        watch.pipeline.giveUp(first[0])
        watch.answer(second[0], at: 12)
        watch.advance(to: 30)
        #expect(watch.told == ["flow_started host p77"])
    }

    @Test func anAnswerIsWaitedForAndStandsOnTheFirstRecord() {
        let watch = SocketWatch()
        watch.segment(host, web, at: 10)
        #expect(watch.told == [])
        watch.answer(watch.pipeline.takeQuestions()[0], at: 14)
        watch.advance(to: 25)
        #expect(watch.told == ["flow_started host p77"])
        let identity = watch.listener.flows[0].names.identities?.source
        #expect(identity?.method == .socket && identity?.confidence == .certain)
        watch.pipeline.finish()
        #expect(watch.told.last == "flow_ended host p77")
    }

    @Test func itsGroupDecidesAmongThoseWhoShare() {
        let watch = SocketWatch()
        watch.segment(pair, web, over: 8, outgoing: false, at: 10)
        watch.answer(watch.pipeline.takeQuestions()[0], process: 5, group: 31, at: 14)
        watch.advance(to: 25)
        #expect(watch.told == ["flow_started guest p5"])
        let identity = watch.listener.flows[0].names.identities?.source
        #expect(identity?.method == .socket && identity?.confidence == .certain && identity?.candidates == [])
    }

    @Test func whatHasNoAnswerIsToldAsItWas() {
        let watch = SocketWatch()
        watch.segment(host, web, at: 10)
        watch.segment(pair, web, over: 8, outgoing: false, at: 10)
        for question in watch.pipeline.takeQuestions() { watch.pipeline.giveUp(question) }
        watch.advance(to: 25)
        #expect(watch.told == ["flow_started gateway -", "flow_started guest -"])
        #expect(watch.listener.flows[1].names.identities?.source.confidence == .ambiguous)
    }

    @Test func aLateAnswerIsAnUpdateAndALateWordOfNoneIsNot() {
        let watch = SocketWatch()
        watch.segment(host, web, at: 10)
        watch.segment(Endpoint.host(1, 40_001), web, at: 10)
        let questions = watch.pipeline.takeQuestions()
        watch.advance(to: 129)
        #expect(watch.told == [])
        watch.advance(to: 130)
        #expect(watch.told == ["flow_started gateway -", "flow_started gateway -"])
        watch.pipeline.giveUp(questions[1])
        watch.answer(questions[0], at: 300)
        watch.advance(to: 301)
        #expect(watch.told.dropFirst(2) == ["flow_updated host p77"])
    }

    @Test func aGroupAloneComesFirstAndItsProcessLater() {
        let watch = SocketWatch()
        watch.segment(pair, web, over: 8, outgoing: false, at: 10)
        let question = watch.pipeline.takeQuestions()[0]
        watch.answer(question, process: nil, group: 30, at: 20)
        watch.advance(to: 160)
        watch.answer(question, process: 6, group: 30, at: 200)
        watch.advance(to: 201)
        #expect(watch.told == ["flow_started owner -", "flow_updated owner p6"])
    }

    @Test func anotherConnectionWithTheSameEndsIsNotTakenForIt() {
        let watch = SocketWatch(.told)
        let key = SocketKey(namespace: SocketWatch.home, protocolNumber: 17, local: host.end, remote: web.end)
        watch.change(
            .socket(SocketWatch.socket(SocketQuestion(key: key, since: SocketWatch.time(10), isServer: false)))
        )
        watch.datagram(host, web, at: 10)
        watch.advance(to: 90_000)
        watch.datagram(host, web, at: 90_000)
        #expect(watch.told == ["flow_started host p77", "flow_ended host p77", "flow_started gateway -"])
    }

    @Test func aFlowWhoseRecordIsCutIsAskedForAgain() {
        let watch = SocketWatch()
        watch.datagram(host, web, at: 10)
        watch.answer(watch.pipeline.takeQuestions()[0], at: 11)
        for second in stride(from: Int64(30), through: 1830, by: 30) { watch.datagram(host, web, at: second * 1000) }
        let again = watch.pipeline.takeQuestions()
        #expect(again.count == 1 && again[0].since > SocketWatch.time(1_700_000))
        if let question = again.first { watch.answer(question, process: 78, at: 1_831_000) }
        watch.pipeline.finish()
        #expect(watch.told.suffix(2) == ["flow_ended host p77", "flow_ended host p78"])
    }

    @Test func whoComesToShareAStartThatWaitsIsAskedForThen() {
        let watch = SocketWatch()
        watch.veth(9, to: NetworkNamespace(inode: 4), .host(4))
        watch.segment(Endpoint.host(4, 1), web, over: 9, outgoing: false, at: 10)
        #expect(watch.pipeline.takeQuestions().isEmpty)
        watch.container("first", in: 4, group: 40, at: 20)
        watch.container("second", in: 4, group: 41, at: 20)
        watch.advance(to: 21)
        #expect(watch.told == [])
        watch.answer(watch.pipeline.takeQuestions()[0], process: 9, group: 41, at: 25)
        watch.advance(to: 40)
        #expect(watch.told == ["flow_started second p9"])
    }

    @Test func moreThanThereIsRoomForAreCounted() {
        let watch = SocketWatch(capacity: 8192)
        for port in 0..<UInt16(5000) { watch.segment(Endpoint.host(1, 10_000 + port), web, at: 10) }
        #expect(watch.pipeline.takeQuestions().count == 4096)
        #expect(watch.pipeline.totals.socketsUnasked == 904)
        // Questions that were never answered make room in time.
        watch.segment(Endpoint.host(1, 9), web, at: 6000)
        #expect(watch.pipeline.takeQuestions().count == 1)
    }

    @Test func whoeverAsksHearsOfStartsAndOthersWhenTheyWantTo() {
        let asked = SocketWatch(reportsStarts: false)
        asked.segment(host, web, at: 10)
        asked.pipeline.giveUp(asked.pipeline.takeQuestions()[0])
        asked.advance(to: 25)
        #expect(asked.told == ["flow_started gateway -"])
        let told = SocketWatch(.told, reportsStarts: false)
        told.segment(host, web, at: 10)
        told.pipeline.finish()
        #expect(told.told == ["flow_ended gateway -"])
    }
}
