import Addressing
import Containers
import Testing

@testable import Baseline

@Suite("Learning a baseline")
struct BaselineLearnerTests {
    @Test func aProfileHasWhatWasSeen() throws {
        let baseline = try Shop.learner().baseline
        #expect(baseline.profiles.count == 3)
        #expect(baseline.conversations == 300 && baseline.unanswered == 0)
        #expect(baseline.loss.ratio == 0.01 && baseline.loss.gaps == 1)
        #expect(baseline.span == 1_700_000_001...1_700_003_546)
        let api = try Shop.profile("api", in: baseline)
        let (db, bank) = (Place.workload(try Shop.workload("db")), Place.name("pay.bank.example"))
        let resolver = Place.network(of: try Shop.address("192.0.2.53"))
        #expect(
            api.destinations.map(\.exchange) == [
                Exchange(db, Service(protocolNumber: 6, port: 5432)),
                Exchange(bank, Service(protocolNumber: 6, port: 443)),
                Exchange(resolver, Service(protocolNumber: 17, port: 53)),
            ]
        )
        #expect(api.destinations.map(\.seen.count) == [60, 60, 60])
        #expect(api.destinations[1].addresses == [try Shop.address("203.0.113.7")])
        #expect(api.names.map(\.name) == ["pay.bank.example"])
        #expect(api.listeners.map(\.service) == [Service(protocolNumber: 6, port: 8080)])
        #expect(api.fanOut == 3 && api.bytesPerMinute == 1800)
        let web = try Shop.profile("web", in: baseline)
        #expect(web.callers.map(\.exchange) == [Exchange(.outside, Service(protocolNumber: 6, port: 443))])
        #expect(web.callers.first?.addresses.count == BaselineBounds.addressesOfPlace)
    }

    @Test func whatIsNotAnsweredTeachesNothing() throws {
        var learner = BaselineLearner()
        let (web, api) = (try Shop.end("web", "10.1.0.2"), try Shop.end("api", "10.1.0.3"))
        learner.take(Shop.talk(web, api, 22, at: 1, isAnswered: false))
        var middle = Shop.talk(web, api, 40_000, at: 2)
        middle.isWhole = false
        learner.take(middle)
        let baseline = learner.baseline
        #expect(baseline.profiles.isEmpty && baseline.unanswered == 1 && baseline.conversations == 1)
    }

    @Test func whoLookedUpMoreThanIsKnownIsNotJudgedByNames() throws {
        var learner = try Shop.learner()
        let (api, web) = (try Shop.end("api", "10.1.0.3"), try Shop.end("web", "10.1.0.2"))
        var known = BaselineLookup("mail.example", by: api, at: Shop.time(1_700_003_600))
        known.isOneOfSeveral = true
        learner.take(known)
        var unknown = BaselineLookup("", by: web, at: Shop.time(1_700_003_601))
        unknown.isOneOfSeveral = true
        learner.take(unknown)
        let baseline = learner.baseline
        #expect(try Shop.profile("api", in: baseline).names.map(\.name) == ["mail.example", "pay.bank.example"])
        #expect(try Shop.profile("api", in: baseline).lacks.names == 1)
        #expect(try Shop.profile("web", in: baseline).names.isEmpty)
        #expect(try Shop.profile("web", in: baseline).lacks.names == 1)
        #expect(try Shop.profile("db", in: baseline).lacks.names == 0)
    }

    @Test func itIsStableWhenNothingIsNew() throws {
        var learner = try Shop.learner()
        let end = 1_700_003_600.0
        let isStable = learner.isStable(at: Shop.time(end))
        #expect(!isStable, "295 conversations are too few")
        let (web, api) = (try Shop.end("web", "10.1.0.2"), try Shop.end("api", "10.1.0.3"))
        for number in 0..<300 { learner.take(Shop.talk(web, api, 8080, at: end + Double(number))) }
        let isStableThen = learner.isStable(at: Shop.time(end + 300))
        #expect(isStableThen)
        learner.take(Shop.talk(web, api, 8081, at: end + 301))
        let isStableAfterNews = learner.isStable(at: Shop.time(end + 400))
        #expect(!isStableAfterNews)
        #expect(!BaselineLearner().isStable(at: Shop.time(end)))
    }

    @Test func learningGoesOnWhereItEnded() throws {
        var whole = try Shop.learner()
        var resumed = BaselineLearner(continuing: try Shop.learner().baseline)
        let observation = Shop.talk(
            try Shop.end("web", "10.1.0.2"),
            try Shop.end("db", "10.1.0.4"),
            5432,
            at: 1_700_004_000
        )
        whole.take(observation)
        resumed.take(observation)
        #expect(whole.baseline == resumed.baseline)
        resumed.add(CaptureLoss())
        #expect(resumed.baseline.loss.ratio == nil, "what one part does not know, is not known of the whole")
    }

    @Test func manyPortsOfOneAreAnyPort() throws {
        var learner = BaselineLearner()
        let (web, api) = (try Shop.end("web", "10.1.0.2"), try Shop.end("api", "10.1.0.3"))
        for port in 0..<40 { learner.take(Shop.talk(web, api, 9000 + UInt16(port), at: Double(port))) }
        let profile = try Shop.profile("web", in: learner.baseline)
        #expect(profile.destinations.map(\.exchange.service) == [Service(protocolNumber: 6, port: nil)])
        #expect(profile.destinations.first?.seen.count == 40)
        let listeners = try Shop.profile("api", in: learner.baseline).listeners
        #expect(listeners.map(\.service) == [Service(protocolNumber: 6, port: nil)])
        #expect(listeners.first?.seen.count == 40)
    }

    @Test func manyNamesBelowOneDomainAreAGroup() throws {
        var learner = BaselineLearner()
        let web = try Shop.end("web", "10.1.0.2")
        for number in 0..<20 {
            let name = "m\(number).mirror.example.org"
            learner.take(BaselineLookup(name, by: web, at: Shop.time(Double(number))))
            learner.take(Shop.talk(web, try Shop.outside("203.0.113.\(number)", name: name), 443, at: Double(number)))
            learner.take(BaselineLookup("shop\(number).co.uk", by: web, at: Shop.time(Double(number) + 1)))
        }
        let profile = try Shop.profile("web", in: learner.baseline)
        #expect(profile.destinations.map(\.exchange.place) == [.name("*.mirror.example.org")])
        #expect(profile.destinations.first?.seen.count == 20)
        #expect(profile.destinations.first?.addresses.count == BaselineBounds.addressesOfPlace)
        #expect(profile.names.map(\.name).filter { $0.hasPrefix("*") } == ["*.mirror.example.org"])
        #expect(profile.names.count == 21, "a country's second level is no domain of one owner")
    }

    @Test func whatHasNoRoomIsCounted() throws {
        var learner = BaselineLearner()
        let web = try Shop.end("web", "10.1.0.2")
        for number in 0..<600 {
            let address = "10.\(number / 250 + 2).\(number % 250).1"
            learner.take(Shop.talk(web, BaselineEnd(try Shop.address(address), kind: .remote), 80, at: Double(number)))
            learner.take(BaselineLookup("x\(number).y\(number).example", by: web, at: Shop.time(Double(number))))
        }
        let profile = try Shop.profile("web", in: learner.baseline)
        #expect(profile.destinations.count == BaselineBounds.factsOfProfile && profile.lacks.destinations == 88)
        #expect(profile.names.count == BaselineBounds.factsOfProfile && profile.lacks.names == 88)
        #expect(profile.fanOut == 60)
    }

    @Test func thereIsAnEndToWorkloads() throws {
        var learner = BaselineLearner()
        for number in 0..<1100 {
            let end = BaselineEnd(try Shop.address("10.\(number / 250).\(number % 250).1"), kind: .remote)
            learner.take(BaselineListener(end, protocolNumber: 6, port: 80, at: Shop.time(Double(number))))
        }
        let baseline = learner.baseline
        #expect(baseline.profiles.count == BaselineBounds.workloads && baseline.omitted == 76)
    }

    @Test func aMinuteIsThatInWhichAConversationBegan() throws {
        var learner = BaselineLearner()
        let web = try Shop.end("web", "10.1.0.2")
        // A minute apart each, and all told at the end.
        for number in 0..<5 {
            var talk = Shop.talk(
                web,
                BaselineEnd(try Shop.address("10.2.\(number).1"), kind: .remote),
                80,
                at: Double(number) * 60
            )
            talk.time = Shop.time(300)
            learner.take(talk)
        }
        #expect(try Shop.profile("web", in: learner.baseline).fanOut == 1)
    }

    @Test func listenersComeFromSocketsToo() throws {
        var learner = BaselineLearner()
        let web = try Shop.end("web", "10.1.0.2")
        learner.take(BaselineListener(web, protocolNumber: 6, port: 9100, at: Shop.time(1)))
        learner.take(BaselineListener(web, protocolNumber: 17, port: 51_413, at: Shop.time(1)))
        let profile = try Shop.profile("web", in: learner.baseline)
        #expect(profile.listeners.map(\.service) == [Service(protocolNumber: 6, port: 9100)])
    }
}
