import Testing

@testable import Containers

@Suite("Container census") struct ContainerCensusTests {
    static let a = CgroupPathTests.a
    static let b = CgroupPathTests.b
    static let host = NetworkNamespace(inode: 1)

    private func process(
        _ identifier: Int32,
        _ path: String,
        start: UInt64 = 5,
        name: String = "app",
        namespace: UInt64? = 7,
        isZombie: Bool = false
    ) -> ProcessFacts {
        ProcessFacts(
            identifier: identifier,
            parent: 1,
            name: name,
            startTicks: start,
            isZombie: isZombie,
            isKernelThread: false,
            namespace: namespace.map(NetworkNamespace.init),
            cgroups: CgroupMembership(text: Array("0::\(path)\n".utf8)[...])
        )
    }

    private func census(_ processes: [ProcessFacts], limit: Int = 10) -> [ContainerCensus.Entry] {
        var census = ContainerCensus(hostNamespace: Self.host, limit: limit)
        for process in processes { census.take(process) }
        return census.result()
    }

    @Test func theFirstProcessOfAContainerSpeaksForIt() throws {
        let entries = census([
            process(20, "/docker/\(Self.a)", start: 9, namespace: 8),
            process(30, "/docker/\(Self.a)/init.scope", start: 4),
            process(31, "/docker/\(Self.a)", start: 4, namespace: 9),
            process(5, "/docker/\(Self.a)", start: 1, isZombie: true),
            process(2, "/system.slice/ssh.service", start: 1),
        ])
        let entry = try #require(entries.first)
        #expect(entries.count == 1)
        #expect(entry.process == 30)
        #expect(entry.namespace == NetworkNamespace(inode: 7))
        #expect(entry.processes == 3)
        #expect(entry.container.path == "/docker/\(Self.a)")
        #expect(entry.isInUnified)
        #expect(!entry.isStarting)
    }

    @Test(arguments: ["runc:[0:PARENT]", "runc:[1:CHILD]", "runc", "crun", "exe"])
    func theHostsNamespaceIsNotAContainersWhileItStarts(name: String) {
        let starting = process(3, "/docker/\(Self.a)", name: name, namespace: Self.host.inode)
        #expect(census([starting]).map(\.namespace) == [nil])
        #expect(census([starting]).map(\.isStarting) == [true])
        let inPlace = process(3, "/docker/\(Self.a)", name: name, namespace: 9)
        #expect(census([inPlace]).map(\.namespace) == [NetworkNamespace(inode: 9)])
        let hostNetwork = process(3, "/docker/\(Self.a)", namespace: Self.host.inode)
        #expect(census([hostNetwork]).map(\.namespace) == [Self.host])
    }

    /// Container b makes a group named like container a's, and a process in it.
    @Test func aContainerCannotPassForAnother() {
        let real = process(10, "/docker/\(Self.a)", start: 50)
        let forger = process(11, "/docker/\(Self.b)", start: 40)
        let forged = process(12, "/docker/\(Self.b)/docker/\(Self.a)", start: 1, namespace: 66)
        for order in [[real, forger, forged], [forged, forger, real], [forger, forged, real]] {
            let entries = census(order)
            #expect(entries.map(\.container.identifier) == [Self.b, Self.a].sorted())
            #expect(entries.first { $0.container.identifier == Self.a }?.process == 10)
            #expect(entries.first { $0.container.identifier == Self.a }?.processes == 1)
            #expect(entries.first { $0.container.identifier == Self.b }?.processes == 2)
        }
    }

    @Test func aContainerInAContainerIsItself() {
        let entries = census([
            process(10, "/docker/\(Self.b)"), process(12, "/docker/\(Self.b)/docker/\(Self.a)", namespace: 66),
            process(13, "/docker/\(Self.b)/docker/\(Self.a)", namespace: 66),
        ])
        #expect(entries.map(\.processes).sorted() == [1, 2])
        #expect(entries.first { $0.container.identifier == Self.a }?.namespace == NetworkNamespace(inode: 66))
    }

    @Test func isBounded() {
        var census = ContainerCensus(hostNamespace: nil, limit: 3)
        for number in 0..<5 {
            census.take(process(Int32(number + 2), "/docker/\(RealControlGroups.identifier(number))"))
        }
        #expect(census.isTruncated)
        #expect(census.result().count == 3)
    }
}
