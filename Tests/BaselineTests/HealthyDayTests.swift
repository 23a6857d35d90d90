import Addressing
import Testing

@testable import Baseline

@Suite("A healthy day, and one with an intruder")
struct HealthyDayTests {
    /// What was learned of one day.
    private static let baseline: Baseline? = {
        var day = HealthyDay(0)
        guard let events = try? day.events() else { return nil }
        var learner = BaselineLearner()
        for event in events {
            switch event {
            case .talk(let talk): learner.take(talk)
            case .lookup(let lookup): learner.take(lookup)
            }
        }
        return learner.baseline
    }()

    @Test func theNextDayIsQuiet() throws {
        let baseline = try #require(Self.baseline)
        #expect(baseline.profiles.count == HealthyDay.services + 3 && baseline.omitted == 0)
        var watch = BaselineWatch(baseline)
        var day = HealthyDay(1)
        var found: [Deviation] = []
        let events = try day.events()
        for event in events {
            switch event {
            case .talk(let talk): found += watch.take(talk)
            case .lookup(let lookup): found += watch.take(lookup).map { [$0] } ?? []
            }
        }
        #expect(events.count == 200 * 6 * 24 + HealthyDay.services)
        #expect(found == [])
    }

    @Test func anIntruderIsFoundAtHisFirstStep() throws {
        var watch = BaselineWatch(try #require(Self.baseline))
        let day = HealthyDay(2)
        let me = try day.end("s7", 3, at: 5)
        let steps = [
            Shop.talk(me, try Shop.outside("198.51.100.66"), 4444, at: day.start, isAnswered: false),
            Shop.talk(me, try Shop.outside("203.0.9.7", name: "m7.cdn.example"), 22, at: day.start, isAnswered: false),
            Shop.talk(me, try day.end("backup", 0, at: 5), 2222, at: day.start, isAnswered: false),
            Shop.talk(me, try day.end("s4", 0, at: 5), 6443, at: day.start, isAnswered: false),
        ]
        for step in steps {
            let found = watch.take(step)
            #expect(found.count == 1 && found.first?.workload.label("app") == "s7")
        }
        let name = watch.take(BaselineLookup("cdn.example.evil.example", by: me, at: Shop.time(day.start)))
        let listener = watch.take(BaselineListener(me, protocolNumber: 6, port: 1337, at: Shop.time(day.start)))
        #expect(name != nil && listener != nil)
    }

    @Test func whatIsLearnedDoesNotDependOnHashing() throws {
        let baseline = try #require(Self.baseline)
        var day = HealthyDay(0)
        var learner = BaselineLearner()
        for event in try day.events() {
            switch event {
            case .talk(let talk): learner.take(talk)
            case .lookup(let lookup): learner.take(lookup)
            }
        }
        #expect(learner.baseline.text == baseline.text)
        let read = try Baseline.read(Array(baseline.text.utf8), of: "b.yaml")
        #expect(read == baseline)
    }
}
