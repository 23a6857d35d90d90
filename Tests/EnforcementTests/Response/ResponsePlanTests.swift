import Addressing
import Containers
import Enforcement
import Policy
import Testing

@Suite("Response plan")
struct ResponsePlanTests {
    private func report(_ change: (inout TroubleReport) -> Void = { _ in }) -> TroubleReport {
        var report = TroubleReport(rule: "scan.vertical", alert: "a1", severity: 70, message: "web scans 192.0.2.7")
        report.offender = Lab.key("web")
        report.remote = IPAddress("192.0.2.7")
        change(&report)
        return report
    }

    /// Asks, and says that it was done.
    private func ask(
        _ plan: inout ResponsePlan,
        _ report: TroubleReport,
        _ response: PolicyResponse? = .block,
        at seconds: Int64
    ) -> ResponsePlan.Request? {
        let request = plan.request(for: report, response, at: Lab.after(seconds))
        if let request { plan.note(request) }
        return request
    }

    @Test func asksOnlyWhenThePolicyWantsItAndItIsBadEnough() {
        let cases: [(PolicyResponse?, Int, Bool)] = [
            (.block, 70, true), (.block, 69, false), (.quarantine, 70, true), (.alert, 100, false), (nil, 100, false),
        ]
        for (response, severity, asks) in cases {
            let asked = ResponsePlan().request(for: report { $0.severity = severity }, response, at: Lab.start)
            #expect((asked != nil) == asks)
        }
    }

    @Test func asksForWhatTheAlertTellsOfAndNoMore() throws {
        let web = BlockSubject.container(Lab.key("web"))
        let address = try #require(IPAddress("192.0.2.7"))
        let answer = DomainAnswer(name: "evil.example", addresses: [address], asker: Lab.key("web"))
        let strange = DomainAnswer(name: "evil.example", addresses: [address], asker: Lab.key("db"))
        let there = BlockedRemote.prefix(IPPrefix(of: address))
        let cases: [(TroubleReport, PolicyResponse, BlockSubject?, BlockTarget?)] = [
            (report(), .block, web, .traffic(there, Traffic())),
            (
                report { ($0.protocolNumber, $0.port) = (6, 443) }, .block, web,
                .traffic(there, Traffic(protocolNumber: 6, ports: [443...443]))
            ),
            (
                report { ($0.protocolNumber, $0.port) = (1, 0) }, .block, web,
                .traffic(there, Traffic(protocolNumber: 1))
            ),
            (report { $0.answer = answer }, .block, web, .traffic(.domain(answer), Traffic())),
            // What somebody else was answered is not taken.
            (report { $0.answer = strange }, .block, web, .traffic(there, Traffic())),
            (report(), .quarantine, web, .everything(allowing: [])),
            (report { $0.offender = nil }, .block, .address(address), .everything(allowing: [])),
            (report { $0.offender = nil }, .quarantine, nil, nil),
            (report { $0.remote = nil }, .block, nil, nil),
        ]
        for (report, response, subject, target) in cases {
            let order = ResponsePlan().request(for: report, response, at: Lab.start)?.order
            #expect(order?.subject == subject)
            #expect(order?.target == target)
            if let order {
                #expect(order.author == .rule("scan.vertical", alert: "a1"))
                #expect(order.reason == "web scans 192.0.2.7")
                #expect(order.flaw == nil)
            }
        }
    }

    @Test func holdsLongerEachTimeUpToTheLongest() {
        var plan = ResponsePlan()
        var now: Int64 = 0
        var durations: [Int64] = []
        for _ in 0..<6 {
            guard let asked = ask(&plan, report(), at: now) else { break }
            let seconds = (asked.until.nanoseconds - Lab.after(now).nanoseconds) / 1_000_000_000
            durations.append(seconds)
            // While it holds nothing is asked for.
            let meanwhile = ask(&plan, report(), at: now + seconds - 1)
            #expect(meanwhile?.until == nil)
            now += seconds
        }
        #expect(durations == [600, 2400, 9600, 38_400, 86_400, 86_400])
        let again = ask(&plan, report(), at: now + 86_400)
        #expect(again?.until == Lab.after(now + 86_400 + 600))
    }

    @Test func whileOneTargetIsStoppedAnotherIsAskedForAsLong() {
        var plan = ResponsePlan()
        let other = report { $0.remote = IPAddress("192.0.2.8") }
        let ends = [(report(), 0), (other, 60), (report(), 120), (other, 120), (report(), 700)].map { report, time in
            ask(&plan, report, at: time)?.until
        }
        #expect(ends == [Lab.after(600), Lab.after(660), nil, nil, Lab.after(3100)])
    }

    @Test func whatWasRefusedDoesNotHold() {
        var plan = ResponsePlan()
        for seconds in [0, 60] as [Int64] {
            let asked = plan.request(for: report(), .block, at: Lab.after(seconds))
            #expect(asked?.until == Lab.after(seconds + 600))
        }
        #expect(ask(&plan, report(), at: 120)?.until == Lab.after(720))
        #expect(ask(&plan, report(), at: 180) == nil)
    }

    /// A person lets go of what a rule stopped; when it goes on it is stopped again, and for longer.
    @Test func whatWasLetGoBeforeItsTimeDoesNotHoldAnyMore() throws {
        var (plan, ledger) = (ResponsePlan(), BlockLedger())
        let other = report { $0.remote = IPAddress("192.0.2.8") }
        let asked = try #require(ask(&plan, report(), at: 0))
        let added = try ledger.add(asked.order, until: asked.until, at: Lab.start)
        plan.note(added)
        #expect(ask(&plan, report(), at: 10) == nil)
        let released = try ledger.release(added.block.identifier, by: Lab.person, at: Lab.after(20))
        var undone = plan
        plan.note(released)
        #expect(ask(&plan, report(), at: 30)?.until == Lab.after(2430))
        // While another target is stopped it is the same trouble.
        undone.note(released)
        #expect(plan.request(for: other, .block, at: Lab.after(40))?.until == Lab.after(2440))
        // A release that is undone holds again.
        undone.note(try ledger.undo(by: Lab.person, at: Lab.after(25)))
        #expect(ask(&undone, report(), at: 30) == nil)
        #expect(undone.request(for: other, .block, at: Lab.after(40))?.until == Lab.after(640))
        // What people blocked is not the plan's.
        let mine = try ledger.add(Lab.order("web", to: "192.0.2.7"), until: nil, at: Lab.after(50))
        undone.note(try ledger.release(mine.block.identifier, by: Lab.person, at: Lab.after(51)))
        #expect(ask(&undone, report(), at: 52) == nil)
    }

    @Test func targetsThatAreRememberedAreBounded() {
        var plan = ResponsePlan()
        for number in 0...ResponsePlan.limit {
            let one = report { $0.remote = .v4(IPv4Address(bits: UInt32(number))) }
            #expect(ask(&plan, one, at: Int64(number) / 100) != nil)
        }
        // Half of them are forgotten, those that end first, and asked for once more; the newest are not.
        let first = report { $0.remote = .v4(IPv4Address(bits: 0)) }
        #expect(ask(&plan, first, at: 200)?.until == Lab.after(800))
        let last = report { $0.remote = .v4(IPv4Address(bits: UInt32(ResponsePlan.limit))) }
        #expect(ask(&plan, last, at: 200) == nil)
    }

    @Test func anotherRunOfAContainerIsNoOtherContainer() {
        var plan = ResponsePlan()
        let next = report { $0.offender = Lab.key("web", 2) }
        let other = report { $0.offender = Lab.key("db") }
        let ends = [(report(), 0), (next, 60), (next, 600), (other, 600)].map { report, time in
            ask(&plan, report, at: time)?.until
        }
        #expect(ends == [Lab.after(600), nil, Lab.after(3000), Lab.after(1200)])
    }

    @Test func whatItRemembersIsBounded() {
        var plan = ResponsePlan()
        for number in 0...ResponsePlan.limit {
            let one = report { $0.offender = Lab.key("c\(number)") }
            let asked = ask(&plan, one, at: Int64(number))
            #expect(asked?.until != nil)
        }
        // The oldest is forgotten and begins anew; the newest is not.
        let time = Int64(ResponsePlan.limit) + 700
        let first = ask(&plan, report { $0.offender = Lab.key("c0") }, at: time)
        #expect(first?.until == Lab.after(time + 600))
        let last = ask(&plan, report { $0.offender = Lab.key("c\(ResponsePlan.limit)") }, at: time)
        #expect(last?.until == Lab.after(time + 2400))
    }
}
