import Addressing
import Containers
import Testing

@testable import Baseline

@Suite("Watching by a baseline")
struct BaselineWatchTests {
    private func watch() throws -> BaselineWatch { BaselineWatch(try Shop.learner().baseline) }

    /// What is new in a conversation, without the rest.
    private func kinds(_ watch: inout BaselineWatch, _ observation: BaselineObservation) -> [Deviation.Kind] {
        watch.take(observation).map(\.kind)
    }

    @Test func whatIsKnownIsQuiet() throws {
        var watch = try watch()
        let (web, api) = (try Shop.end("web", "10.1.9.2", number: 7), try Shop.end("api", "10.1.9.3", number: 8))
        let known = [
            Shop.talk(web, api, 8080, at: 1), Shop.talk(try Shop.outside("100.64.1.1"), web, 443, at: 2),
            Shop.talk(api, try Shop.outside("203.0.113.200", name: "pay.bank.example"), 443, at: 3),
            // Without a name its address is known, as is the block of what never had one.
            Shop.talk(api, try Shop.outside("203.0.113.7"), 443, at: 4),
            Shop.talk(api, try Shop.outside("192.0.2.54"), 53, at: 5, protocolNumber: 17),
        ]
        for observation in known {
            let found = kinds(&watch, observation)
            #expect(found == [])
        }
        let found = watch.take(BaselineLookup("PAY.bank.example", by: api, at: Shop.time(6)))
        #expect(found == nil)
    }

    @Test func aNewDestinationIsFoundAtItsFirstPacket() throws {
        var watch = try watch()
        let web = try Shop.end("web", "10.1.0.2")
        var talk = Shop.talk(web, try Shop.end("db", "10.1.0.4"), 5432, at: 7, isAnswered: false)
        talk.isOver = false
        let found = watch.take(talk)
        let (db, service) = (Place.workload(try Shop.workload("db")), Service(protocolNumber: 6, port: 5432))
        #expect(
            found == [Deviation(.destination(db, service), try Shop.workload("web"), at: talk.time, evidence: 7000)]
        )
        let outside = kinds(&watch, Shop.talk(web, try Shop.outside("203.0.113.7", name: "evil.example"), 443, at: 8))
        #expect(outside == [.destination(.name("evil.example"), Service(protocolNumber: 6, port: 443))])
    }

    @Test func aNewServiceOfAKnownDestinationIsOneOfItsOwn() throws {
        var watch = try watch()
        let (web, api) = (try Shop.end("web", "10.1.0.2"), try Shop.end("api", "10.1.0.3"))
        let found = kinds(&watch, Shop.talk(web, api, 22, at: 7, isAnswered: false))
        #expect(found == [.service(.workload(try Shop.workload("api")), Service(protocolNumber: 6, port: 22))])
        let answered = kinds(&watch, Shop.talk(web, api, 22, at: 8))
        #expect(answered.contains(.listener(Service(protocolNumber: 6, port: 22))))
    }

    @Test func newNamesAndListenersAreFound() throws {
        var watch = try watch()
        let api = try Shop.end("api", "10.1.0.3")
        let name = watch.take(BaselineLookup("c2.evil.example", by: api, at: Shop.time(1)))
        #expect(name?.kind == .name("c2.evil.example"))
        let back = watch.take(BaselineLookup("3.0.1.10.in-addr.arpa", by: api, at: Shop.time(1)))
        #expect(back == nil)
        let listener = watch.take(BaselineListener(api, protocolNumber: 6, port: 4444, at: Shop.time(2)))
        #expect(listener?.kind == .listener(Service(protocolNumber: 6, port: 4444)))
        let old = watch.take(BaselineListener(api, protocolNumber: 6, port: 8080, at: Shop.time(2)))
        let ofClient = watch.take(BaselineListener(api, protocolNumber: 17, port: 40_000, at: Shop.time(2)))
        #expect(old == nil && ofClient == nil)
    }

    @Test func manyPeersAreFoundWhenTheyAreFarMore() throws {
        var watch = try watch()
        let api = try Shop.end("api", "10.1.0.3")
        var first: Int?
        for number in 1...20 {
            let talk = Shop.talk(api, try Shop.outside("192.0.2.\(number)"), 53, at: 6, protocolNumber: 17)
            let found = kinds(&watch, talk)
            if first == nil, !found.isEmpty { first = number }
            if number == 20 { #expect(found == [.fanOut(20, known: 3)]) }
        }
        #expect(first == 14)
    }

    @Test func whoHasNoProfileIsNotJudged() throws {
        var watch = try watch()
        let stranger = try Shop.end("cron", "10.1.0.9")
        let found = kinds(&watch, Shop.talk(stranger, try Shop.end("db", "10.1.0.4"), 5432, at: 1))
        let name = watch.take(BaselineLookup("evil.example", by: stranger, at: Shop.time(1)))
        #expect(found == [] && name == nil)
        let knows = (watch.knows(stranger), watch.knows(try Shop.end("db", "10.1.0.4")))
        #expect(knows == (false, true))
    }

    @Test func whoIsDescribedLaterIsJudgedThen() throws {
        var watch = try watch()
        let described = Shop.container("web")
        let bare = Container(key: described.key)
        let (before, after) = (
            BaselineEnd(try Shop.address("10.1.0.2"), container: bare),
            BaselineEnd(try Shop.address("10.1.0.2"), container: described)
        )
        let evil = try Shop.outside("198.51.100.9", name: "evil.example")
        let early = kinds(&watch, Shop.talk(before, evil, 443, at: 1))
        let late = kinds(&watch, Shop.talk(after, evil, 443, at: 2))
        #expect(early == [] && late == [.destination(.name("evil.example"), Service(protocolNumber: 6, port: 443))])
    }

    @Test func aCallToWhoHasNoProfileIsNew() throws {
        var watch = try watch()
        let stranger = try Shop.end("cron", "10.1.0.9")
        let found = kinds(&watch, Shop.talk(try Shop.end("web", "10.1.0.2"), stranger, 80, at: 1))
        let cron = Place.workload(try Shop.workload("cron"))
        #expect(found == [.destination(cron, Service(protocolNumber: 6, port: 80))])
    }

    @Test func aProfileThatLacksSomethingAbstains() throws {
        var baseline = try Shop.learner().baseline
        for place in baseline.profiles.indices {
            baseline.profiles[place].lacks.destinations = 1
            baseline.profiles[place].lacks.names = 1
        }
        var watch = BaselineWatch(baseline)
        let api = try Shop.end("api", "10.1.0.3")
        let found = kinds(&watch, Shop.talk(api, try Shop.outside("203.0.113.99", name: "evil.example"), 443, at: 1))
        let name = watch.take(BaselineLookup("evil.example", by: api, at: Shop.time(1)))
        let listener = watch.take(BaselineListener(api, protocolNumber: 6, port: 4444, at: Shop.time(2)))
        #expect(found == [] && name == nil && listener != nil)
    }

    @Test func aGroupCoversWhatIsBelowIt() throws {
        var learner = BaselineLearner()
        let web = try Shop.end("web", "10.1.0.2")
        for number in 0..<12 {
            let name = "m\(number).mirror.example.org"
            learner.take(BaselineLookup(name, by: web, at: Shop.time(Double(number))))
            learner.take(Shop.talk(web, try Shop.outside("203.0.113.\(number)", name: name), 443, at: Double(number)))
        }
        var watch = BaselineWatch(learner.baseline)
        let known = kinds(
            &watch,
            Shop.talk(web, try Shop.outside("100.64.9.9", name: "m99.mirror.example.org"), 443, at: 99)
        )
        let name = watch.take(BaselineLookup("a.b.mirror.example.org", by: web, at: Shop.time(99)))
        let above = watch.take(BaselineLookup("mirror.example.org", by: web, at: Shop.time(99)))
        #expect(known == [] && name == nil && above != nil)
    }
}
