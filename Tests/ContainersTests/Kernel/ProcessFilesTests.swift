import Addressing
import Foundation
import Glibc
import Testing

@testable import Containers

@Suite("Process files") struct ProcessFilesTests {
    @Test func tellsOfThisProcess() throws {
        var files = try ProcessFiles(getpid())
        let facts = try #require(try files.facts())
        #expect(facts.identifier == getpid())
        #expect(facts.parent == getppid())
        #expect(!facts.isZombie)
        #expect(!facts.isKernelThread)
        let namespace = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")
        #expect(facts.namespace?.description == namespace)
        let executable = try files.executable()
        #expect(executable == (try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")))
        let arguments = try files.commandLine(limit: 1 << 20)
        #expect(arguments == CommandLine.arguments)
        let identifiers = try files.identifiers()
        #expect(identifiers.first == getpid())
    }

    @Test func knowsWhenAProcessStarted() throws {
        let before = Date().timeIntervalSince1970
        let process = try TestProcess.idle()
        let after = Date().timeIntervalSince1970
        var files = try ProcessFiles(process.identifier)
        let facts = try #require(try files.facts())
        let now = Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9))
        let exact = Double(facts.started(by: try ProcessClock(now: now)).nanoseconds) / 1e9
        #expect(exact > before - 0.5 && exact < after + 0.5)
        let rough = Double(facts.started(by: try ProcessClock()).nanoseconds) / 1e9
        #expect(abs(rough - exact) < 1.5)
    }

    @Test func knowsTheNumbersInEveryNamespace() throws {
        let outer = try TestProcess("exec unshare --pid --fork sh -c 'echo; read _'")
        defer { outer.end() }
        let children = try String(
            contentsOfFile: "/proc/\(outer.identifier)/task/\(outer.identifier)/children",
            encoding: .utf8
        )
        let inner = try #require(Int32(children.split(separator: " ").first ?? ""))
        var files = try ProcessFiles(inner)
        let identifiers = try files.identifiers()
        #expect(identifiers == [inner, 1])
    }

    /// The directory is held open: another process of the same number is not mistaken for it.
    @Test func aProcessThatHasEndedIsGone() throws {
        let process = try TestProcess.idle()
        var files = try ProcessFiles(process.identifier)
        process.end()
        let facts = try files.facts()
        #expect(facts == nil)
        do throws(KernelFileError) {
            _ = try files.cgroups()
            Issue.record("it was still read")
        } catch {
            #expect(error.isGone)
        }
    }

    @Test func aProcessThatNeverWasIsGone() {
        do throws(KernelFileError) {
            _ = try ProcessFiles(Int32.max)
            Issue.record("it was opened")
        } catch {
            #expect(error.isGone)
            #expect(error.description == "cannot read /proc/2147483647: No such file or directory")
        }
    }

    @Test func anEndedProcessThatNobodyWaitedForIsAZombie() throws {
        let parent = try TestProcess("sleep 0 & echo $!; exec sleep 100")
        defer { parent.end() }
        let path = "/proc/\(parent.identifier)/task/\(parent.identifier)/children"
        let child = try #require(
            Int32(try String(contentsOfFile: path, encoding: .utf8).split(separator: " ").first ?? "")
        )
        var files = try ProcessFiles(child)
        var facts = try files.facts()
        for _ in 0..<500 where facts?.isZombie != true {
            usleep(10_000)
            facts = try files.facts()
        }
        #expect(facts?.isZombie == true)
        #expect(facts?.namespace == nil)
        #expect(facts?.name == "sleep")
    }

    @Test func aCommandLineIsBounded() throws {
        let process = try TestProcess("echo; read _; : " + String(repeating: "x", count: 100_000))
        defer { process.end() }
        var files = try ProcessFiles(process.identifier)
        let line = try files.commandLine(limit: 5000)
        #expect(line.reduce(line.count - 1) { $0 + $1.utf8.count } == 5000)
        #expect(line.first == "/bin/sh")
    }

    @Test func aNameCannotForgeTheNumbers() throws {
        let tree = try FakeTree()
        try tree.process(12, "x", cgroup: "0::/\n", namespace: 1)
        try tree.file("12/status", "Name:\tx\\nNSpid:\t1\nState:\tS\nGroups:\t0 1 2\nNStgid:\t12\t3\nNSpid:\t12\t3\n")
        var files = try ProcessFiles(12, root: tree.path)
        let identifiers = try files.identifiers()
        #expect(identifiers == [12, 3])
    }

    @Test(arguments: ["", "0.1", "x.00 1", "1000", "99999999999999999999.00 1"]) func anUptimeThatIsNoneIsRefused(
        text: String
    ) throws {
        let tree = try FakeTree()
        try tree.file("uptime", text)
        try tree.file("stat", text)
        let now = Timestamp(nanoseconds: 0)
        #expect(throws: KernelFileError(path: tree.path + "/uptime", code: EINVAL)) {
            try ProcessClock(now: now, root: tree.path)
        }
        #expect(throws: KernelFileError(path: tree.path + "/stat", code: EINVAL)) { try ProcessClock(root: tree.path) }
    }

    @Test func aStartThatCannotBeDoesNotOverflow() {
        let clock = ProcessClock(boot: Timestamp(nanoseconds: .max))
        _ = clock.moment(.max)
        #expect(ProcessClock(boot: Timestamp(nanoseconds: 0)).moment(123) == Timestamp(nanoseconds: 1_230_000_000))
    }
}
