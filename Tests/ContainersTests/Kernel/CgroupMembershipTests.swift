import Testing

@testable import Containers

@Suite("Cgroup membership") struct CgroupMembershipTests {
    static let a = CgroupPathTests.a
    static let b = CgroupPathTests.b

    private func read(_ text: String) -> CgroupMembership { CgroupMembership(text: Array(text.utf8)[...]) }

    @Test func readsAPureV2Host() {
        let read = read("0::/system.slice/docker-\(Self.a).scope\n")
        #expect(read.container?.identifier == Self.a)
        #expect(read.unifiedPath == "/system.slice/docker-\(Self.a).scope")
        #expect(read.isContainedInUnified)
        #expect(!read.isContainedInLegacy)
    }

    /// runc 1.1 on a hybrid host joins v1 and v2.
    @Test func readsAHybridHost() {
        let read = read("4:memory:/docker/\(Self.a)\n1:name=systemd:/docker/\(Self.a)\n0::/docker/\(Self.a)\n")
        #expect(read.container?.path == "/docker/\(Self.a)")
        #expect(read.isContainedInUnified)
        #expect(read.isContainedInLegacy)
    }

    /// runc before 1.1, or crun: what is in v2 stays where it was started from.
    @Test(arguments: ["0::/", "0::/system.slice/docker.service", "0::/user.slice"])
    func aContainerThatKnowsV1OnlyIsFoundThere(line: String) {
        let read = read("12:cpu,cpuacct:/docker/\(Self.a)\n4:pids:/docker/\(Self.a)\n\(line)\n")
        #expect(read.container?.identifier == Self.a)
        #expect(read.unifiedPath == String(line.dropFirst(3)))
        #expect(!read.isContainedInUnified)
        #expect(read.isContainedInLegacy)
    }

    @Test func theBetterHierarchyDecides() {
        let read = read("9:cpu:/docker/\(Self.b)\n3:memory,x:/docker/\(Self.b)\n2:name=systemd:/docker/\(Self.a)\n")
        #expect(read.container?.identifier == Self.a)
        #expect(read.unifiedPath == nil)
    }

    @Test func aHierarchyWithoutTheContainerDoesNotHideIt() {
        let read = read("9:cpu:/docker/\(Self.a)\n2:name=systemd:/user.slice\n")
        #expect(read.container?.identifier == Self.a)
    }

    @Test func aProcessOfTheHostIsInNone() {
        let read = read("8:pids:/\n1:name=systemd:/system.slice/ssh.service\n0::/system.slice/ssh.service\n")
        #expect(read.container == nil)
        #expect(read.place.path == "/system.slice/ssh.service")
        #expect(!read.isContainedInUnified)
        #expect(!read.isContainedInLegacy)
    }

    @Test func aRootInV2SaysLessThanAPlaceInV1() {
        #expect(read("1:name=systemd:/system.slice/ssh.service\n0::/\n").place.path == "/system.slice/ssh.service")
    }

    @Test func aPathMayHoldColons() {
        let path = "/system.slice:docker:\(Self.a)"
        #expect(read("0::\(path)\n").place.path == path)
        #expect(read("0::\(path)\n").container?.runtime == .docker)
    }

    @Test func aSecondLineOfV2DoesNotCount() {
        #expect(read("0::/docker/\(Self.a)\n0::/docker/\(Self.b)\n").container?.identifier == Self.a)
    }

    @Test(arguments: ["", "\n\n", "0:", "0::", "::", "x", "0::docker\n", "1:pids\n", ":::/"]) func tornTextsAreTheRoot(
        text: String
    ) {
        #expect(read(text).container == nil)
        #expect(read(text).place.path == "/")
    }

    @Test func everyBeginningOfATextCanBeRead() {
        let text = Array(
            "12:cpu,cpuacct:/docker/\(Self.a)\n1:name=systemd:/docker/\(Self.a)\n0::/docker/\(Self.a)\n".utf8
        )
        for length in 0...text.count {
            let identifier = CgroupMembership(text: text.prefix(length)).container?.identifier
            #expect(identifier == nil || identifier == Self.a)
        }
    }
}
