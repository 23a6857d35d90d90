import Foundation
import Glibc
import Support
import Testing

/// `portolan doctor` on the host the tests run on.
@Suite("doctor")
struct DoctorTests {
    @Test func tellsOfEveryCheckInALineOfItsOwn() throws {
        let outcome = try Command.run("doctor", "-o", "json")
        #expect(outcome.errors.isEmpty)
        let records = outcome.records
        #expect(records.count == outcome.output.split(separator: "\n").count)
        let identifiers = records.compactMap { $0["portolan.check.id"] }
        #expect(identifiers.count == records.count)
        for identifier in ["capture.any", "capability.net_raw", "kernel.vxlan", "kernel.cgroup", "containers.docker"] {
            #expect(identifiers.contains(identifier))
        }
        let outcomes = records.compactMap { $0["portolan.check.outcome"] }
        #expect(outcomes.count == records.count)
        #expect(Set(outcomes).isSubset(of: ["ok", "missing", "lacking", "none", "unknown"]))
        #expect(outcome.status == (outcomes.contains("missing") ? 1 : 0))
        // Whatever is not there is told with its cost and what mends it.
        for record in records where ["missing", "lacking"].contains(record["portolan.check.outcome"]) {
            #expect(record["portolan.check.cost"] != nil && record["portolan.check.remedy"] != nil)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "needs root"))
    func agreesWithWhatThisKernelDoes() throws {
        let records = try Command.run("doctor", "-o", "json").records
        func outcome(_ identifier: String) -> String? {
            records.first { $0["portolan.check.id"] == identifier }?["portolan.check.outcome"]
        }
        #expect(outcome("capture.any") == "ok")
        #expect(outcome("capability.net_raw") == "ok")
        for kind in ["veth", "bridge", "vxlan"] {
            let details = kind == "vxlan" ? "id 1 dstport 4789" : ""
            let made = try Command.shell("unshare --net ip link add x0 type \(kind) \(details)")
            #expect(outcome("kernel." + kind) == (made.status == 0 ? "ok" : "lacking"))
        }
        #expect(outcome("kernel.sock_diag_cgroup") == "ok")
    }

    @Test func leavesTheHostAsItWas() throws {
        let script = "ls /sys/class/net; wc -l < /proc/net/packet"
        let before = try Command.shell(script)
        #expect(try Command.run("doctor").errors.isEmpty)
        #expect(
            try Command.shell(script).output.split(separator: "\n").dropLast()
                == before.output.split(separator: "\n").dropLast()
        )
    }

    @Test(.enabled(if: geteuid() == 0, "root gives up its rights for it"))
    func tellsNobodyWhatNobodyLacks() throws {
        let folder = try ScratchFolder()
        let copy = folder.path("portolan")
        try FileManager.default.copyItem(at: BuiltProgram.location, to: copy)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
        let outcome = try Command.shell("setpriv --reuid 65534 --regid 65534 --clear-groups \"$1\" doctor", copy.path)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("missing  CAP_NET_RAW"))
        #expect(outcome.output.contains("costs: nothing can be captured"))
        #expect(outcome.output.contains("+ep \(copy.path)"))
        #expect(outcome.output.contains("unknown  vxlan devices"))
        #expect(outcome.output.contains("things that are needed are missing"))
    }

    @Test func saysItInWordsAndNotInColoursAlone() throws {
        let plain = try Command.run("doctor", "--color", "never")
        let coloured = try Command.run("doctor", "--color", "always")
        #expect(!plain.output.contains("\u{1b}") && coloured.output.contains("\u{1b}"))
        #expect(coloured.output.replacing(/\u{1b}\[\d+m/, with: "") == plain.output)
    }

    @Test func leavesNoDoubtAboutAFullDisk() throws {
        let outcome = try Command.shell("\"$portolan\" doctor > /dev/full")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("cannot write to standard output"))
    }
}
