import Foundation
import Glibc
import Testing

extension Live {
    @Suite("Nodes", .needs(.nodes))
    struct NodeTests {
        @Test func seesOnlyItsOwnProcesses() throws {
            let lab = try Lab()
            let sleeper = try lab.nodes[1].start("sleep", "4711")
            try sleeper.waitUntil("it sleeps") { !$0.children.isEmpty }
            let arguments = "for file in /proc/[0-9]*/cmdline; do tr '\\0' ' ' <$file; echo; done"
            #expect(try !lab.nodes[0].shell(arguments).contains("sleep 4711"))
            #expect(try lab.nodes[1].shell(arguments).contains("sleep 4711"))
            #expect(try lab.nodes[0].shell("cat /proc/1/comm") == "init")
            // Init, the shell and its children; the machine has dozens.
            let count = try #require(Int(try lab.nodes[0].shell("ls -d /proc/[0-9]* | wc -l")))
            #expect(count <= 5)
        }

        @Test func isAHostOfItsOwn() throws {
            let lab = try Lab(nodes: ["alpha", "beta"])
            let (alpha, beta) = (lab.nodes[0], lab.nodes[1])
            #expect(try alpha.output(of: "hostname") == "alpha")
            #expect(try alpha.networkNamespace != beta.networkNamespace)
            #expect(try alpha.networkNamespace != Lab.networkNamespace(of: getpid()))
            try alpha.shell("echo here >/run/mark; mkdir /var/lib/mark")
            #expect(try beta.run("ls", "/run/mark").status != 0)
            #expect(try beta.run("ls", "/var/lib/mark").status != 0)
            #expect(!FileManager.default.fileExists(atPath: "/run/mark"))
            #expect(try String(contentsOfFile: alpha.outside("/run/mark"), encoding: .utf8) == "here\n")
            // Its sysfs shows its own links, and nothing is mounted that belongs to the machine's daemons.
            #expect(try alpha.output(of: "ls", "/sys/class/net") == "eth0\nlo")
            #expect(try alpha.shell("grep -c ' nsfs ' /proc/mounts || true") == "0")
        }

        @Test func nodesReachEachOther() throws {
            let lab = try Lab()
            #expect(try lab.nodes[0].run("busybox", "ping", "-c", "1", "-W", "2", lab.nodes[1].address).status == 0)
        }

        @Test func thereIsNoWayOut() throws {
            let lab = try Lab()
            let node = lab.nodes[0]
            #expect(try node.shell("ip -o link | cut -d ' ' -f 2 | cut -d @ -f 1 | tr -d ':\\n'") == "loeth0")
            #expect(try node.shell("ip -4 route show default | cut -d ' ' -f 3") == "10.89.0.254")
            // The bridge's namespace has the nodes' wires and no other, and forwards nothing.
            let underlay = "nsenter -t \(lab.underlayProcess) -n"
            let links = try Machine.shell("\(underlay) ip -o link | awk '{print $2}' | cut -d @ -f 1 | tr -d :")
            #expect(Set(links.split(separator: "\n")) == ["lo", "underlay", "node1", "node2"])
            #expect(try Machine.shell("\(underlay) cat /proc/sys/net/ipv4/ip_forward") == "0\n")
            #expect(try Machine.shell("\(underlay) ip -4 route show default").isEmpty)
            // An address of documentation (RFC 5737) goes nowhere, and a name is refused at once.
            #expect(try node.run("busybox", "ping", "-c", "1", "-W", "1", "192.0.2.1").status != 0)
            let began = ContinuousClock.now
            #expect(try node.run("busybox", "wget", "-q", "http://example.test/").status != 0)
            #expect(ContinuousClock.now - began < .seconds(10))
        }

        @Test func leavesTheMachinesOwnNetworkAlone() throws {
            let before = try Machine.network()
            let lab = try KernelLab(pods: 2)
            try lab.talk(lab.everyPair())
            #expect(try Machine.network() == before)
            lab.close()
            #expect(try Machine.network() == before)
        }

        @Test func refusesTheMachinesOwnNetwork() throws {
            let lab = try Lab(nodes: ["only"])
            let folder = LabProgram.source.path
            let script = "import sys; sys.path.insert(0, '\(folder)'); import kernel"
            for call in ["kernel.refuse_the_machines_network()", "import node; node.ip(1, ['link add x type dummy'])"] {
                let said = try Machine.shell("/usr/bin/python3 -B -c \"\(script); \(call)\" 2>&1 || true")
                #expect(said.contains("refused: this is the machine's own network namespace"))
            }
            // And it lets through what is not.
            let call = "kernel.refuse_the_machines_network(\(lab.nodes[0].process)); print('let through')"
            #expect(try Machine.shell("/usr/bin/python3 -B -c \"\(script); \(call)\"") == "let through\n")
        }

        @Test func itsControlGroupsBeginAtTheRoot() throws {
            let lab = try Lab(nodes: ["only"])
            let paths = try lab.nodes[0].shell("cut -d : -f 3 /proc/self/cgroup | sort -u")
            #expect(paths == "/")
            #expect(try lab.nodes[0].shell("grep -c . /proc/self/cgroup") != "0")
        }

        @Test func mayHaveTheUnifiedHierarchyOnly() throws {
            let lab = try Lab(nodes: ["only"], hierarchies: .unified)
            let node = lab.nodes[0]
            #expect(try node.shell("grep cgroup /proc/mounts | cut -d ' ' -f 2,3") == "/sys/fs/cgroup cgroup2")
            let group = try node.shell(
                "mkdir /sys/fs/cgroup/a; echo 0 >/sys/fs/cgroup/a/cgroup.procs; cat /proc/self/cgroup"
            )
            #expect(group.split(separator: "\n").filter { !$0.hasSuffix(":/") } == ["0::/a"])
        }
    }
}
