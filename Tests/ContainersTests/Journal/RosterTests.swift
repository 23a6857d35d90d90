import Addressing
import Containers
import Testing

@Suite("Roster")
struct RosterTests {
    private func found(_ identifier: String = "a", process: Int32? = 10, started: Int64? = 1000) -> FoundContainer {
        var found = FoundContainer(identifier: identifier)
        found.process = process
        found.started = started.map { .milliseconds($0) }
        found.cgroup = "/docker/\(identifier)"
        found.cgroupIdentifier = 5
        found.namespace = NetworkNamespace(inode: 40)
        return found
    }

    private func described(_ name: String, runtime: ContainerRuntime = .docker) -> ContainerDescription {
        var description = ContainerDescription()
        description.name = name
        description.runtime = runtime
        description.labels = ["app": name]
        return description
    }

    private func container(_ changes: [JournalEntry.Change]) -> Container? {
        guard changes.count == 1, case .container(let container) = changes[0] else { return nil }
        return container
    }

    @Test func whatTheKernelShowsBeginsTheFirstGeneration() {
        var roster = Roster()
        let container = container(roster.found(found()))
        #expect(container?.key == ContainerKey(identifier: "a", generation: 1))
        #expect(container?.namespace == NetworkNamespace(inode: 40))
        #expect(container?.cgroup == "/docker/a")
        #expect(container?.cgroupIdentifier == 5)
        #expect(container?.process == 10)
        #expect(roster.count == 1)
        // Shown again, it is no news.
        #expect(roster.found(found()) == [])
        #expect(roster.container(ofGroup: 5)?.key.identifier == "a")
        #expect(roster.container(ofGroup: 6) == nil)
    }

    @Test func aDescriptionMayComeFirst() {
        var roster = Roster()
        #expect(roster.heard(.connected(source: "docker.sock")) == [])
        #expect(roster.heard(.container(identifier: "a", described("web"))) == [])
        #expect(container(roster.found(found()))?.description.name == "web")
    }

    @Test func aDescriptionMayComeAfterwards() {
        var roster = Roster()
        _ = roster.found(found())
        let changed = container(roster.heard(.container(identifier: "a", described("web"))))
        #expect(changed?.description.labels == ["app": "web"])
        #expect(changed?.namespace == NetworkNamespace(inode: 40))
        #expect(roster.heard(.container(identifier: "a", described("web"))) == [])
        #expect(
            container(roster.heard(.container(identifier: "a", described("renamed"))))?.description.name == "renamed"
        )
    }

    @Test func aDescriptionMayComeWhenAllIsOver() {
        var roster = Roster()
        _ = roster.found(found())
        #expect(roster.gone("a") == [.containerEnded(ContainerKey(identifier: "a", generation: 1))])
        let late = container(roster.heard(.container(identifier: "a", described("brief"))))
        #expect(late?.key.generation == 1)
        #expect(late?.description.name == "brief")
        #expect(roster.count == 0)
    }

    @Test func theKernelShowsMoreByAndBy() {
        var roster = Roster()
        var early = FoundContainer(identifier: "a")
        early.cgroup = "/docker/a"
        #expect(container(roster.found(early))?.namespace == nil)
        #expect(container(roster.found(found()))?.namespace == NetworkNamespace(inode: 40))
        // What is not shown this time stays.
        #expect(roster.found(early) == [])
        #expect(roster.container("a")?.process == 10)
    }

    @Test func aRuntimeKnowsBetterThanTheNameOfAControlGroup() {
        var roster = Roster()
        var first = found()
        first.runtime = .containerd
        first.podIdentifier = "uid"
        let before = container(roster.found(first))?.description
        #expect(before?.runtime == .containerd)
        #expect(before?.podIdentifier == "uid")
        #expect(container(roster.heard(.container(identifier: "a", described("web"))))?.description.runtime == .docker)
        #expect(roster.found(first) == [])
    }

    @Test func anotherRunIsAnotherGenerationAndKeepsItsName() {
        var roster = Roster()
        _ = roster.heard(.container(identifier: "a", described("web")))
        _ = roster.found(found())
        _ = roster.gone(cgroup: "/docker/a")
        let again = container(roster.found(found(process: 20, started: 9000)))
        #expect(again?.key.generation == 2)
        #expect(again?.description.name == "web")
    }

    @Test func aRunWhoseBeginningAloneWasSeenEndsTheOneBefore() {
        var roster = Roster()
        _ = roster.found(found())
        let changes = roster.found(found(process: 20, started: 1101))
        #expect(changes.first == .containerEnded(ContainerKey(identifier: "a", generation: 1)))
        #expect(roster.container("a")?.key.generation == 2)
        #expect(changes.count == 2)
    }

    @Test(arguments: [(10, 9000), (20, 1100), (20, nil), (nil, 9000)] as [(Int32?, Int64?)])
    func whatMayBeTheSameRunIsNotAnother(process: Int32?, started: Int64?) {
        var roster = Roster()
        _ = roster.found(found())
        _ = roster.found(found(process: process, started: started))
        #expect(roster.container("a")?.key.generation == 1)
    }

    @Test func aRuntimeThatGoesAwayTakesNothingAlong() {
        var roster = Roster()
        _ = roster.found(found())
        _ = roster.heard(.container(identifier: "a", described("web")))
        #expect(roster.heard(.unreachable(source: "docker.sock", reason: "no such file")) == [])
        #expect(roster.heard(.removed(identifier: "a")) == [])
        #expect(roster.container("a")?.description.name == "web")
    }

    @Test func whatWasRemovedIsForgotten() {
        var roster = Roster()
        _ = roster.heard(.container(identifier: "a", described("web")))
        _ = roster.heard(.removed(identifier: "a"))
        #expect(container(roster.found(found()))?.description.name == nil)
    }

    @Test func whatWasRemovedWhenItHadEndedGivesItsNumberOnButNotItsName() {
        var roster = Roster()
        _ = roster.heard(.container(identifier: "a", described("web")))
        _ = roster.found(found())
        _ = roster.gone("a")
        #expect(roster.heard(.removed(identifier: "a")) == [])
        let again = container(roster.found(found(process: 20, started: 9000)))
        #expect(again?.key.generation == 2)
        #expect(again?.description.name == nil)
    }

    @Test func newsOfOneThatEndedIsThatOfItsNextRun() {
        var roster = Roster()
        _ = roster.found(found())
        _ = roster.gone("a")
        _ = roster.heard(.container(identifier: "a", described("late")))
        #expect(container(roster.found(found(process: 20, started: 9000)))?.description.name == "late")
    }

    @Test func copiesOfAContainerShareItsDescription() {
        var container = Container(key: ContainerKey(identifier: "a", generation: 1))
        container.description = described("web")
        var other = container
        #expect(other == container && other.hashValue == container.hashValue)
        other.description.name = "db"
        #expect(container.description.name == "web")
        #expect(other != container)
        #expect(MemoryLayout<Container>.size < MemoryLayout<ContainerDescription>.size)
    }

    @Test func aControlGroupOfNobodyEndsNobody() {
        var roster = Roster()
        _ = roster.found(found())
        #expect(roster.gone(cgroup: "/docker/b") == [])
        #expect(roster.gone("b") == [])
        var moved = found()
        moved.cgroup = "/other/a"
        _ = roster.found(moved)
        #expect(roster.gone(cgroup: "/docker/a") == [])
        #expect(roster.gone(cgroup: "/other/a").count == 1)
    }

    @Test func keepsToItsLimits() {
        var roster = Roster(limit: 2, memory: 2)
        for name in ["a", "b", "c"] { _ = roster.heard(.container(identifier: name, described(name))) }
        #expect(container(roster.found(found("a")))?.description.name == nil)
        #expect(container(roster.found(found("c")))?.description.name == "c")
        #expect(roster.found(found("b")) == [])
        #expect(roster.refused == 1)
        #expect(roster.containers.map(\.key.identifier) == ["a", "c"])
        // Set again and again, one name takes the room of one.
        for _ in 0..<100 { _ = roster.heard(.container(identifier: "d", described("d"))) }
        _ = roster.gone("a")
        #expect(container(roster.found(found("d")))?.description.name == "d")
    }
}
