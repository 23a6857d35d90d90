import Records
import Testing

@testable import Monitor

@Suite("Pressure")
struct PressureTests {
    /// What changed, as "-updates" and "+updates", by the millisecond.
    private struct Course {
        var pressure: Pressure
        var now = 0
        var changes: [String] = []

        init(order: [Detail] = Detail.allCases) { pressure = Pressure(order: order) }

        /// Notes the same every 10 ms.
        mutating func run(_ milliseconds: Int, isDrained: Bool, lag: Int = 0) {
            for _ in 0..<(milliseconds / 10) {
                now += 10
                let change = pressure.note(
                    isDrained: isDrained,
                    lag: Int64(lag) * 1_000_000,
                    at: Int64(now) * 1_000_000
                )
                if let change { changes.append("\(change.isLeftOut ? "-" : "+")\(change.detail.rawValue)@\(now)") }
            }
        }
    }

    @Test func leavesOutOneAfterTheOther() {
        var course = Course()
        course.run(490, isDrained: false)
        #expect(course.changes.isEmpty)
        course.run(20, isDrained: false)
        #expect(course.changes == ["-updates@510"])
        course.run(490, isDrained: false)
        #expect(course.changes.count == 1)
        course.run(5000, isDrained: false)
        // There is no more to leave out: what comes then the kernel drops.
        #expect(course.changes == ["-updates@510", "-payloads@1010"])
        #expect(course.pressure.lacks(.updates) && course.pressure.lacks(.payloads))
    }

    @Test func oldFramesCountAsBehindThoughNoneWait() {
        var course = Course()
        course.run(600, isDrained: true, lag: 101)
        #expect(course.changes == ["-updates@510"])
        var young = Course()
        young.run(20, isDrained: false)
        young.run(5000, isDrained: true, lag: 100)
        #expect(young.changes.isEmpty)
    }

    @Test func takesBackInTurnAfterTenCalmSeconds() {
        var course = Course()
        course.run(1010, isDrained: false)
        course.changes = []
        course.run(9990, isDrained: true)
        #expect(course.changes.isEmpty)
        course.run(20, isDrained: true)
        #expect(course.changes == ["+payloads@11010"])
        course.run(10_000, isDrained: true)
        #expect(course.changes == ["+payloads@11010", "+updates@21010"])
        course.run(100_000, isDrained: true)
        #expect(course.changes.count == 2)
    }

    @Test func aBurstIsNoTrouble() {
        var course = Course()
        for _ in 0..<100 {
            course.run(490, isDrained: false)
            course.run(10, isDrained: true)
        }
        #expect(course.changes.isEmpty)
    }

    @Test func isNotTakenBackWhileTroubleComesAndGoes() {
        var course = Course()
        course.run(510, isDrained: false)
        for _ in 0..<20 {
            course.run(9000, isDrained: true)
            course.run(200, isDrained: false)
        }
        #expect(course.changes == ["-updates@510"])
        // A moment of it is none.
        for _ in 0..<20 {
            course.run(900, isDrained: true)
            course.run(50, isDrained: false)
        }
        #expect(course.changes.count == 2)
    }

    @Test func aPauseOfTheMachineIsNoTrouble() {
        var course = Course()
        course.run(100, isDrained: true)
        course.now += 60_000
        course.run(50, isDrained: false, lag: 60_000)
        course.run(100, isDrained: true)
        #expect(course.changes.isEmpty)
    }

    @Test func leavesOutOnlyWhatMayBe() {
        var course = Course(order: [.payloads])
        course.run(5000, isDrained: false)
        #expect(course.changes == ["-payloads@510"])
        var nothing = Course(order: [])
        nothing.run(5000, isDrained: false)
        nothing.run(50_000, isDrained: true)
        #expect(nothing.changes.isEmpty)
    }

    @Test func addsUpHowLong() {
        var course = Course()
        #expect(course.pressure.durations(at: 0).isEmpty)
        course.run(1010, isDrained: false)
        #expect(course.pressure.durations(at: 2_010_000_000) == [.updates: 1_500_000_000, .payloads: 1_000_000_000])
        course.run(30_000, isDrained: true)
        let durations = course.pressure.durations(at: .max)
        #expect(durations == [.updates: 20_500_000_000, .payloads: 10_000_000_000])
    }

    @Test func saysSinceWhen() {
        var pressure = Pressure()
        #expect(pressure.note(isDrained: false, lag: 7, at: 100) == nil)
        let change = pressure.note(isDrained: false, lag: 9_000_000, at: 500_000_100)
        #expect(change == Pressure.Change(detail: .updates, isLeftOut: true, since: 100, lag: 9_000_000))
        #expect(
            change?.remark(at: 500_000_100)
                == "behind for 500 ms, with frames 9 ms old: flows that go on are told of no more until it has caught up"
        )
        _ = pressure.note(isDrained: true, lag: 0, at: 500_000_200)
        let back = pressure.note(isDrained: true, lag: 0, at: 10_500_000_100)
        #expect(back == Pressure.Change(detail: .updates, isLeftOut: false, since: 500_000_100, lag: 0))
        #expect(back?.remark(at: 10_500_000_100) == "caught up: flows that go on are told of again, after 10 s")
    }
}
