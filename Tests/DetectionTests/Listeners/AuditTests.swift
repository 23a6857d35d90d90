import Addressing
import Containers
import Policy
import Testing

@testable import Detection

@Suite("What shares a host")
struct AuditTests {
    private static var levels: DeclaredPolicy {
        var policy = DeclaredPolicy()
        for (rank, name) in ["open*", "inner*", "closed*"].enumerated() {
            var selector = Selector()
            selector.names = [NamePattern(name)]
            let level = SensitivityLevel(rank: UInt8(rank))
            policy.sensitivity.rules.append(Sensitivity.Rule(level: level, selector: selector))
        }
        return policy
    }

    @Test func aServiceOfTheHostBesideContainersIsNotedOnce() {
        var host = Host()
        host.listen(in: 1, 22, process: "sshd", at: 0)
        host.listen(in: 1, 10_250, process: "kubelet", at: 0)
        host.listen(in: 1, 5432, process: "postgres", address: "127.0.0.1", at: 0)
        host.run(Host.container("web", namespace: 5), at: 1)
        host.stream.pass(to: 500)
        #expect(host.found(.mixedWorkloads).isEmpty)
        host.listen(in: 1, 5432, process: "postgres", at: 600)
        host.listen(in: 1, 3306, process: "mysqld", at: 601)
        host.stream.pass(to: 50_000)
        let alerts = host.found(.mixedWorkloads)
        #expect(alerts.map(\.message) == ["This host runs postgres on TCP 5432 beside its containers"])
        #expect(alerts.map(\.severity) == [15])
        #expect(alerts.map(\.time) == [Stream.time(660)])
    }

    @Test func withoutContainersNothingIsMixed() {
        var host = Host()
        host.listen(in: 1, 5432, process: "postgres", at: 0)
        host.stream.pass(to: 500)
        #expect(host.found(.mixedWorkloads).isEmpty)
    }

    @Test func aContainerOnTheHostsNetworkIsNoOther() {
        var host = Host()
        host.listen(in: 1, 5432, process: "postgres", group: 50, at: 0)
        host.run(Host.container("db", namespace: 1, group: 50), at: 2)
        host.stream.pass(to: 500)
        #expect(host.found(.mixedWorkloads).isEmpty)
    }

    @Test func levelsThatShareAHostAreNotedOnceASet() {
        var host = Host(Self.levels)
        host.run(Host.container("open1", namespace: 5), at: 0)
        host.run(Host.container("open2", namespace: 6), at: 0)
        host.stream.pass(to: 500)
        #expect(host.found(.mixedLevels).isEmpty)
        host.run(Host.container("closed1", namespace: 7), at: 500)
        host.run(Host.container("closed2", namespace: 8), at: 501)
        host.stream.pass(to: 1000)
        #expect(host.found(.mixedLevels).map(\.severity) == [20])
        #expect(
            host.found(.mixedLevels).first?.message
                == "closed1 shares this host with containers of another sensitivity: there are 2 levels"
        )
        host.run(Host.container("inner1", namespace: 9), at: 1000)
        host.stream.pass(to: 2000)
        #expect(host.found(.mixedLevels).count == 2)
    }

    @Test func whoIsGoneIsNotThere() {
        var host = Host(Self.levels)
        let first = Host.container("open1", namespace: 5)
        host.run(first, at: 0)
        host.stream.pass(to: 500)
        host.stream.journal(.containerEnded(first.key), at: 500)
        host.run(Host.container("closed1", namespace: 7), at: 501)
        host.stream.pass(to: 1000)
        #expect(host.found(.mixedLevels).isEmpty)
    }

    @Test func withoutLevelsItAbstains() {
        var host = Host()
        host.run(Host.container("open1", namespace: 5), at: 0)
        host.run(Host.container("closed1", namespace: 6), at: 0)
        host.stream.pass(to: 500)
        #expect(host.found(.mixedLevels).isEmpty)
    }

    @Test func aLineHasItsBound() {
        var line = DelayLine<Int>(seconds: 10, limit: 3)
        for number in 0..<5 { line.append(number, at: Stream.time(Double(number))) }
        #expect(!line.hasRoom && !line.isDue(at: Stream.time(9)))
        var taken: [Int] = []
        while let (item, due) = line.takeDue(at: Stream.time(11)) {
            taken.append(item)
            #expect(due == Stream.time(Double(item) + 10))
        }
        #expect(taken == [0, 1] && line.hasRoom)
    }
}
