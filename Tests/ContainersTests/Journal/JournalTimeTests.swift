import Addressing
import Containers
import Testing

@Suite("Identity in time")
struct JournalTimeTests {
    private func host() -> JournalWatch {
        let watch = JournalWatch()
        watch.link(.of(1, 3), "docker0", kind: "bridge", addresses: ["172.17.0.1/16"])
        watch.time += 60_000
        return watch
    }

    /// A container that lives from now on with that address, and ends after so many milliseconds.
    private func live(_ watch: JournalWatch, _ name: String, _ namespace: UInt64, for length: Int64, _ address: String)
    {
        let near = watch.veth(UInt32(namespace), to: namespace, bridge: 3, addresses: "\(address)/16")
        watch.container(name, in: namespace)
        watch.time += length
        watch.end(name)
        watch.apply(.interfaceGone(.of(namespace, 2)))
        watch.apply(.interfaceGone(near))
    }

    @Test func anAddressUsedAgainWithinASecondGoesToTheRightOne() {
        let watch = host()
        let start = watch.time
        live(watch, "first", 40, for: 1000, "172.17.0.2")
        watch.time += 300
        live(watch, "second", 41, for: 1000, "172.17.0.2")
        watch.time += 50
        live(watch, "third", 42, for: 1000, "172.17.0.2")
        let end = watch.time
        func name(at time: Int64) -> String? { watch.who("172.17.0.2", after: start + time - end).name }
        #expect(name(at: 0) == "first")
        #expect(name(at: 999) == "first")
        #expect(name(at: 1000) == "second")
        #expect(name(at: 1299) == "second")
        #expect(name(at: 1300) == "second")
        #expect(name(at: 2299) == "second")
        #expect(name(at: 2320) == "third")
        #expect(name(at: 2350) == "third")
        #expect(name(at: 3349) == "third")
    }

    @Test func whatTheNextOwnerOrTheEndMayExplainIsNotCertain() {
        let watch = host()
        live(watch, "a", 40, for: 5000, "172.17.0.2")
        #expect(watch.who("172.17.0.2", after: -4000).confidence == .certain)
        // The word of the end may come late: another may have had it already.
        #expect(watch.who("172.17.0.2", after: -100).confidence == .likely)
        #expect(watch.who("172.17.0.2", after: -5001).confidence == .likely)
    }

    @Test(arguments: [(-1999, "a"), (-2000, "a"), (-2001, nil)] as [(Int64, String?)])
    func aFlowMayBeginUpToTwoSecondsBeforeTheEntryThatNamesIt(delay: Int64, name: String?) {
        let watch = host()
        watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.container("a", in: 40)
        #expect(watch.who("172.17.0.2", after: delay).name == name)
    }

    @Test func whatWasThereWhenTheJournalBeganIsTakenToHaveBeenThereBefore() {
        let watch = JournalWatch()
        watch.time += 500
        watch.veth(4, to: 40, addresses: "172.17.0.2/16")
        watch.container("a", in: 40)
        let identity = watch.who("172.17.0.2", after: -3_600_000)
        #expect(identity.name == "a")
        #expect(identity.confidence == .likely)
    }

    @Test func aContainerJustEndedStillOwnsItsLastPackets() {
        let watch = host()
        let near = watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.container("a", in: 40)
        watch.time += 5000
        watch.end("a")
        watch.time += 100
        let identity = watch.who("172.17.0.2") { $0.behind = near }
        #expect(identity.name == "a")
        #expect(identity.confidence == .likely)
        watch.time += 2000
        #expect(watch.who("172.17.0.2") { $0.behind = near }.kind == .namespace)
    }

    @Test func anEntryOlderThanTheNewestCountsAsOfThatTime() {
        let watch = host()
        watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.container("a", in: 40)
        let time = watch.time
        watch.time -= 30_000
        watch.end("a")
        watch.time = time
        #expect(watch.who("172.17.0.2", after: -100).name == "a")
        #expect(watch.journal.now == .milliseconds(time))
    }

    @Test func forgetsWhatClosedLongerAgoThanAnyFlowLasts() {
        let watch = host()
        let before = watch.journal.count
        live(watch, "a", 40, for: 5000, "172.17.0.2")
        let time = watch.time
        #expect(watch.journal.count > before)
        watch.journal.advance(to: .milliseconds(time + 2_400_000))
        #expect(watch.who("172.17.0.2", after: -1000).name == "a")
        watch.journal.advance(to: .milliseconds(time + 2_400_001))
        #expect(watch.who("172.17.0.2", after: -1000).kind == .vacant)
        #expect(watch.journal.count == before)
    }

    @Test func whatEndedIsNotOpenedAgainByLateNews() {
        let watch = host()
        live(watch, "a", 40, for: 5000, "172.17.0.2")
        watch.time += 10
        watch.container("a", in: 40) { $0.name = "web" }
        watch.time += 10_000
        watch.veth(7, to: 40, bridge: 3, addresses: "172.17.0.9/16")
        #expect(watch.who("172.17.0.9").kind == .namespace)
        // But is known by its name for the time it had.
        #expect(watch.who("172.17.0.2", after: -12_000).container?.description.name == "web")
    }

    @Test func aRestartIsAnotherGeneration() {
        let watch = host()
        live(watch, "a", 40, for: 5000, "172.17.0.2")
        watch.time += 400
        watch.veth(9, to: 41, bridge: 3, addresses: "172.17.0.2/16")
        watch.container("a", in: 41, generation: 2)
        #expect(watch.who("172.17.0.2").container?.key.generation == 2)
        #expect(watch.who("172.17.0.2", after: -1000).container?.key.generation == 1)
    }

    @Test func aNamespaceThatGoesTakesAllAlong() {
        let watch = host()
        watch.veth(4, to: 40, bridge: 3, addresses: "172.17.0.2/16")
        watch.container("a", in: 40)
        watch.time += 5000
        watch.apply(.namespaceGone(NetworkNamespace(inode: 40)))
        #expect(watch.who("172.17.0.2").kind == .vacant)
        #expect(watch.who("172.17.0.2", after: -1000).name == "a")
    }
}
