import Addressing
import Containers
import Testing

@testable import Monitor

@Suite("Containers nobody has described")
struct UndescribedContainersTests {
    private static func at(_ milliseconds: Int64) -> Timestamp { Timestamp(nanoseconds: milliseconds * 1_000_000) }

    private static func found(_ name: String, _ runtime: ContainerRuntime? = nil, pod: String? = nil) -> FoundContainer
    {
        var container = FoundContainer(identifier: name)
        container.runtime = runtime
        container.podIdentifier = pod
        return container
    }

    @Test func podsAreDueAtOnceAndOthersAfterTheirRuntimeHadItsChance() {
        var containers = UndescribedContainers()
        containers.expect(Self.found("docked", .docker), process: 1, at: Self.at(0))
        containers.expect(Self.found("pod", pod: "uid"), process: 2, at: Self.at(0))
        containers.expect(Self.found("plain", .containerd), process: 3, at: Self.at(0))
        #expect(containers.due == Self.at(0))
        #expect(containers.takeDue(at: Self.at(0)).map(\.identifier) == ["plain", "pod"])
        #expect(containers.due == Self.at(1000))
        #expect(containers.takeDue(at: Self.at(999)).isEmpty)
        #expect(containers.takeDue(at: Self.at(1000)).map(\.process) == [1])
        #expect(containers.isEmpty)
    }

    @Test func whatWasMissedIsLookedForOnceMore() {
        var containers = UndescribedContainers()
        containers.expect(Self.found("pod", .crio), process: 7, at: Self.at(0))
        for (time, isLast) in [(Int64(0), false), (1000, true)] {
            let due = containers.takeDue(at: Self.at(time))
            #expect(due.map(\.isLast) == [isLast] && due.map(\.process) == [7])
            for each in due {
                containers.missed(each.identifier, process: each.process, wasLast: each.isLast, at: Self.at(time))
            }
        }
        #expect(containers.isEmpty && containers.due == nil)
    }

    @Test func aTurnIsShortAndTheRestComesNext() {
        var containers = UndescribedContainers()
        for number in 0..<10 { containers.expect(Self.found("pod\(number)", pod: "uid"), process: 1, at: Self.at(0)) }
        var counts: [Int] = []
        while !containers.isEmpty { counts.append(containers.takeDue(at: Self.at(0)).count) }
        #expect(counts == [4, 4, 2])
    }

    @Test func whoWasDescribedIsNotLookedFor() {
        var containers = UndescribedContainers()
        containers.expect(Self.found("one"), process: 1, at: Self.at(0))
        containers.expect(Self.found("two"), process: 2, at: Self.at(0))
        containers.forget("one")
        containers.hurry(at: Self.at(5))
        #expect(containers.takeDue(at: Self.at(5)).map(\.identifier) == ["two"])
    }

    @Test func thereIsABound() {
        var containers = UndescribedContainers()
        for number in 0..<UndescribedContainers.limit + 10 {
            containers.expect(Self.found("\(number)"), process: 1, at: Self.at(0))
        }
        #expect(containers.count == UndescribedContainers.limit)
    }
}
