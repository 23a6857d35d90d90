import Addressing
import Containers
import Enforcement
import Policy
import Testing

/// Each rule in both directions: what it refuses, and what just passes.
@Suite("Guard-rails")
struct GuardRailsTests {
    private let lab: Lab

    init() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        try lab.add("db", "10.1.0.3")
        self.lab = lab
    }

    /// What lets a rule block `web`.
    private func good(_ change: (inout Circumstances) throws -> Void = { _ in }) throws -> Circumstances {
        var circumstances = Circumstances(
            subjects: [try lab.resident("web")],
            confidence: .certain,
            running: 20,
            lossRatio: 0
        )
        try change(&circumstances)
        return circumstances
    }

    private func rails(_ change: (inout GuardRails) -> Void = { _ in }) -> GuardRails {
        var rails = GuardRails(mode: .enforce)
        change(&rails)
        return rails
    }

    private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    @Test func aRuleThatKeepsAllOfThemBlocks() throws {
        var rails = rails()
        let verdict = rails.judge(try Lab.order("web", to: "192.0.2.7", by: Lab.rule), try good(), at: Lab.start)
        #expect(verdict == .allowed)
    }

    @Test(arguments: ProtectedRole.allCases)
    func nobodyBlocksWhatIsNeverBlocked(role: ProtectedRole) throws {
        var rails = rails()
        rails.neverBlock.insert(try address("10.1.0.1"), role)
        for author in [Lab.person, Lab.rule] {
            let exact = try Lab.order("web", to: "10.1.0.1", by: author)
            let around = try Lab.order("web", to: "10.1.0.0/24", by: author)
            let other = try Lab.order("web", to: "10.1.0.9", by: author)
            for order in [exact, around] {
                guard case .refused(let refusal) = rails.judge(order, try good(), at: Lab.start) else {
                    Issue.record("\(order) was not refused")
                    continue
                }
                let text = "\(refusal)"
                #expect(text.contains(role.words), "\(text)")
                #expect(text.hasPrefix("Not blocked: 10.1.0.") && text.hasSuffix("."))
            }
            #expect(rails.judge(other, try good(), at: Lab.start) == .allowed)
        }
        rails.neverBlock.exempt = [role]
        #expect(rails.judge(try Lab.order("web", to: "10.1.0.1"), try good(), at: Lab.start) == .allowed)
    }

    @Test func oneRoleThatIsTakenOutHidesNoOther() throws {
        var rails = rails()
        rails.neverBlock.exempt = [.gateway]
        rails.neverBlock.insert(try address("10.1.0.1"), .gateway)
        rails.neverBlock.insert(try address("10.1.0.1"), .resolver)
        let verdict = rails.judge(try Lab.order("web", to: "10.1.0.1"), try good(), at: Lab.start)
        let prefix = IPPrefix(of: try address("10.1.0.1"))
        #expect(verdict == .refused(.neverBlocked(prefix, what: prefix, role: .resolver)))
        #expect(rails.neverBlock.prefixes == [prefix])
    }

    @Test func aBlockInsideOfWhatIsNeverBlockedIsRefusedToo() throws {
        var rails = rails()
        rails.neverBlock.insert(try #require(IPPrefix("10.0.0.0/8")), .configured)
        guard case .refused = rails.judge(try Lab.order("web", to: "10.2.3.4"), try good(), at: Lab.start) else {
            Issue.record("it was not refused")
            return
        }
        #expect(rails.judge(try Lab.order("web", to: "11.2.3.4"), try good(), at: Lab.start) == .allowed)
    }

    @Test func anAddressAloneThatIsNeverBlockedIsRefused() throws {
        var rails = rails { $0.limits.allowsOutsideAlone = true }
        rails.neverBlock.insert(try address("192.0.2.1"), .sshPeer)
        for (text, isAllowed) in [("192.0.2.1", false), ("192.0.2.2", true)] {
            let order = BlockOrder(
                .address(try address(text)),
                .everything(allowing: []),
                reason: "",
                author: Lab.person
            )
            #expect((rails.judge(order, Circumstances(), at: Lab.start) == .allowed) == isAllowed)
        }
    }

    @Test func protectedContainersAreNotStopped() throws {
        var selector = Selector()
        selector.names = [NamePattern("web")]
        var rails = rails { $0.protected = [selector] }
        for author in [Lab.person, Lab.rule] {
            let order = try Lab.quarantine("web", by: author)
            #expect(rails.judge(order, try good(), at: Lab.start) == .refused(.protectedContainer("web")))
        }
        let other = try good { $0.subjects = [try lab.resident("db")] }
        #expect(rails.judge(try Lab.quarantine("db"), other, at: Lab.start) == .allowed)
    }

    @Test func whoSharesANamespaceWithAProtectedOneIsNotStopped() throws {
        var lab = lab
        try lab.change("db") { $0.containers.append(ContainerInventory(Lab.container("sidecar"), since: Lab.start)) }
        var selector = Selector()
        selector.names = [NamePattern("sidecar")]
        var rails = rails { $0.protected = [selector] }
        let circumstances = try good { $0.subjects = [try lab.resident("db")] }
        #expect(
            rails.judge(try Lab.quarantine("db"), circumstances, at: Lab.start) == .refused(.protectedContainer("db"))
        )
        #expect(rails.judge(try Lab.quarantine("web"), try good(), at: Lab.start) == .allowed)
    }

    @Test func aNameCountsForWhoAskedForIt() throws {
        var rails = rails()
        for (asker, isAllowed) in [("web", true), ("db", false)] {
            let answer = DomainAnswer(
                name: "evil.example",
                addresses: [try address("192.0.2.9")],
                asker: Lab.key(asker)
            )
            let order = BlockOrder(
                .container(Lab.key("web")),
                .traffic(.domain(answer), Traffic()),
                reason: "",
                author: Lab.person
            )
            let verdict = rails.judge(order, try good(), at: Lab.start)
            #expect(verdict == (isAllowed ? .allowed : .refused(.answeredToAnother(name: "evil.example"))))
        }
    }

    @Test func aNameThatLeadsToWhatIsNeverBlockedIsRefused() throws {
        var rails = rails()
        rails.neverBlock.insert(try address("192.0.2.9"), .registry)
        let answer = DomainAnswer(
            name: "evil.example",
            addresses: [try address("192.0.2.8"), try address("192.0.2.9")],
            asker: Lab.key("web")
        )
        let order = BlockOrder(
            .container(Lab.key("web")),
            .traffic(.domain(answer), Traffic()),
            reason: "",
            author: Lab.rule
        )
        guard case .refused(.neverBlocked(_, _, .registry)) = rails.judge(order, try good(), at: Lab.start) else {
            Issue.record("it was not refused")
            return
        }
    }

    @Test(arguments: Identity.Confidence.allCases)
    func onlyWhatIsCertainIsBlockedByItself(confidence: Identity.Confidence) throws {
        var rails = rails()
        let circumstances = try good { $0.confidence = confidence }
        let automatic = rails.judge(try Lab.order("web", to: "192.0.2.7", by: Lab.rule), circumstances, at: Lab.start)
        #expect(automatic == (confidence == .certain ? .allowed : .refused(.unsure(confidence))))
        let manual = rails.judge(try Lab.order("web", to: "192.0.2.7"), circumstances, at: Lab.start)
        #expect(manual == .allowed)
    }

    @Test func rulesBlockNoSelectors() throws {
        var selector = Selector()
        selector.images = [NamePattern("nginx:*")]
        for (author, isAllowed) in [(Lab.person, true), (Lab.rule, false)] {
            var rails = rails()
            let order = BlockOrder(.selector(selector), .everything(allowing: []), reason: "", author: author)
            #expect(
                rails.judge(order, try good(), at: Lab.start) == (isAllowed ? .allowed : .refused(.selectorByItself))
            )
        }
    }

    @Test func anAddressAloneIsBlockedByRulesOnlyWhereThePolicySaysSo() throws {
        let outside = try address("192.0.2.7")
        for (allows, author) in [(false, Lab.rule), (true, Lab.rule), (false, Lab.person)] {
            var rails = rails { $0.limits.allowsOutsideAlone = allows }
            let order = BlockOrder(.address(outside), .everything(allowing: []), reason: "", author: author)
            let verdict = rails.judge(order, try good(), at: Lab.start)
            #expect(verdict == (allows || author == Lab.person ? .allowed : .refused(.outsideAlone(outside))))
        }
    }

    @Test func rulesHaveSoManyAnHour() throws {
        var rails = rails { $0.limits.perHour = 3 }
        let order = try Lab.order("web", to: "192.0.2.7", by: Lab.rule)
        for second in 0..<3 as Range<Int64> {
            #expect(rails.judge(order, try good(), at: Lab.after(second)) == .allowed)
        }
        #expect(rails.judge(order, try good(), at: Lab.after(3)) == .refused(.perHour(limit: 3)))
        let manual = try Lab.order("web", to: "192.0.2.7")
        #expect(rails.judge(manual, try good(), at: Lab.after(3)) == .allowed)
        #expect(rails.judge(order, try good(), at: Lab.after(3599)) == .refused(.perHour(limit: 3)))
        #expect(rails.judge(order, try good(), at: Lab.after(3600)) == .allowed)
        #expect(rails.judge(order, try good(), at: Lab.after(3600)) == .refused(.perHour(limit: 3)))
    }

    @Test func rulesStopAShareOfContainers() throws {
        var rails = rails { $0.limits.sharePercent = 10 }
        let order = try Lab.order("web", to: "192.0.2.7", by: Lab.rule)
        let one = try good { $0.stoppedByRules = [Lab.key("other")] }
        #expect(rails.judge(order, one, at: Lab.start) == .allowed)
        let two = try good { $0.stoppedByRules = [Lab.key("other"), Lab.key("third")] }
        #expect(rails.judge(order, two, at: Lab.start) == .refused(.share(containers: 3, of: 20, percent: 10)))
        // Who is stopped already counts once.
        let again = try good { $0.stoppedByRules = [Lab.key("other"), Lab.key("web")] }
        #expect(rails.judge(order, again, at: Lab.start) == .allowed)
        // And is no more than are stopped already, when these are more than may be: a pod that was stopped as a whole, or others ended.
        let many = try good { $0.stoppedByRules = Set((0..<9).map { Lab.key("c\($0)") } + [Lab.key("web")]) }
        #expect(rails.judge(order, many, at: Lab.start) == .allowed)
        // Of few containers one may be stopped all the same.
        let few = try good { $0.running = 2 }
        #expect(rails.judge(order, few, at: Lab.start) == .allowed)
        #expect(rails.judge(try Lab.order("web", to: "192.0.2.7"), two, at: Lab.start) == .allowed)
    }

    @Test func lossesMakeRulesAbstain() throws {
        var rails = rails { $0.limits.loss = 0.01 }
        let order = try Lab.order("web", to: "192.0.2.7", by: Lab.rule)
        #expect(rails.judge(order, try good { $0.lossRatio = 0.01 }, at: Lab.start) == .allowed)
        let lossy = try good { $0.lossRatio = 0.0321 }
        #expect(rails.judge(order, lossy, at: Lab.start) == .refused(.loss(percent: 3.21, limit: 1)))
        #expect(rails.judge(order, try good { $0.lossRatio = nil }, at: Lab.start) == .refused(.lossUnknown))
        #expect(rails.judge(try Lab.order("web", to: "192.0.2.7"), lossy, at: Lab.start) == .allowed)
        #expect(
            "\(Refusal.loss(percent: 3.21, limit: 1))"
                == "Not blocked: 3.21 % of packets were lost meanwhile, above 1.0 % nothing is blocked by itself."
        )
    }

    @Test func observingSaysWhatWouldBeDoneAndCountsNothing() throws {
        var rails = rails {
            $0.mode = .observe
            $0.limits.perHour = 1
        }
        let order = try Lab.order("web", to: "192.0.2.7", by: Lab.rule)
        for _ in 0..<3 { #expect(rails.judge(order, try good(), at: Lab.start) == .observed) }
        // It would be refused anyhow.
        #expect(
            rails.judge(order, try good { $0.lossRatio = 1 }, at: Lab.start) == .refused(.loss(percent: 100, limit: 1))
        )
        #expect(rails.judge(try Lab.order("web", to: "192.0.2.7"), try good(), at: Lab.start) == .allowed)
        rails.mode = .enforce
        #expect(rails.judge(order, try good(), at: Lab.start) == .allowed)
    }

    @Test func rulesDoNotStopWhoIsGone() throws {
        var rails = rails()
        let order = try Lab.order("web", to: "192.0.2.7", by: Lab.rule)
        #expect(rails.judge(order, try good { $0.subjects = [] }, at: Lab.start) == .refused(.nobody))
    }

    @Test func whatMakesNoSenseIsRefusedWhoeverAsks() throws {
        let every = try #require(IPAddress("192.0.2.7"))
        let flaws: [(BlockOrder, BlockFlaw?)] = [
            (try Lab.order("web", to: "192.0.2.7", 6, 80...80), nil),
            (try Lab.order("web", to: "192.0.2.7", 1, 80...80), .portsOfNothing),
            (try Lab.order("web", to: "192.0.2.7", nil, 80...80), .portsWithoutProtocol),
            (
                BlockOrder(.container(Lab.key("web")), .traffic(.anyone, Traffic()), reason: "", author: Lab.person),
                .everythingUnsaid
            ),
            (
                BlockOrder(
                    .container(Lab.key("web")),
                    .traffic(.anyone, Traffic(protocolNumber: 17)),
                    reason: "",
                    author: Lab.person
                ), nil
            ),
            (
                BlockOrder(
                    .address(every),
                    .traffic(.prefix(IPPrefix(of: every)), Traffic()),
                    reason: "",
                    author: Lab.person
                ), .twoAddresses
            ),
            (
                BlockOrder(
                    .container(Lab.key("web")),
                    .everything(allowing: []),
                    options: .newOnly,
                    reason: "",
                    author: Lab.person
                ), .quarantineOfTheNew
            ),
        ]
        let alone = BlockOrder(
            .address(every),
            .everything(allowing: []),
            options: .newOnly,
            reason: "",
            author: Lab.person
        )
        for (order, flaw) in flaws + [(alone, .newOfAnAddress)] {
            var rails = rails()
            #expect(order.flaw == flaw)
            #expect(rails.judge(order, try good(), at: Lab.start) == (flaw.map { .refused(.flawed($0)) } ?? .allowed))
        }
    }
}
