import Foundation
import Support
import Testing

extension Live {
    /// Whose connections they are that begin in a namespace which several share: the host's, a pod's.
    @Suite("Identity by sockets", .needs(.nodes))
    struct SocketIdentityTests {
        /// A process on a node that begins connections, as `connect.py` says.
        struct Caller {
            var process: String
            var port: String
        }

        static func connect(
            on node: Node,
            to address: String,
            _ port: UInt16 = Pod.port,
            hold milliseconds: Int,
            count: Int = 1
        ) throws -> [Caller] {
            let script = SharedCaptures.project.appendingPathComponent("Tests/LiveTests/Programs/connect.py")
            let printed = try node.output(
                of: ["python3", script.path, address, String(port), String(milliseconds), String(count)],
                within: .seconds(60)
            )
            return printed.split(separator: "\n").map { line in
                let words = line.split(separator: " ").map(String.init)
                return Caller(process: words[0], port: words[1])
            }
        }

        @Test func aProcessOfTheHostIsNamedThatBeginsAConnection() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            let pod = lab.pods[0]
            let watch = try Observation(on: node)
            let caller = try #require(try Self.connect(on: node, to: pod.address, hold: 300).first)
            try watch.wait("it ended") { flows in
                flows.to("\(pod.address):7000").contains { $0.last["event.action"] == "flow_ended" }
            }
            let flow = try #require(try watch.end().to("\(pod.address):7000").first)
            #expect(flow.last["source.port"] == caller.port)
            for record in [flow.first, flow.last] {
                #expect(record["source.process.pid"] == caller.process)
                #expect(record["source.process.name"] == "python3")
                #expect(record["source.process.executable"]?.contains("/python3") == true)
                #expect(record["source.identity.kind"] == "host")
                #expect(record["source.host.name"] == "only")
                #expect(record["source.identity.method"] == "socket")
                #expect(record["source.identity.confidence"] == "certain")
            }
            #expect([pod.pause, pod.app].contains(flow.container("destination") ?? ""))
            // Of the pod's end there is one, too.
            let sockets = watch.others.filter { $0["portolan.change"] == "socket" }
            let entry = try #require(sockets.first { $0["socket.local.port"] == caller.port })
            #expect(entry["socket.remote.ip"] == pod.address)
            #expect(entry["process.pid"] == caller.process)
        }

        /// How many short connections get their process: what is closed before the look has none, and nobody else's.
        @Test func shortConnectionsAreNamedOrNot() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let watch = try Observation(on: lab.nodes[0])
            let figures = try Self.shortConnections(
                on: lab.nodes[0],
                to: Endpoint(lab.pods[0].address),
                count: 50,
                watch
            )
            print("processes of short connections: \(figures)")
        }

        /// Has processes of a node begin connections that stay open for 0, 10 and 100 ms; returns how many of each were named.
        static func shortConnections(
            on node: Node,
            to target: Endpoint,
            count: Int,
            _ watch: Observation
        ) throws -> String {
            let end = "\(target.address):\(target.port)"
            let holds = [0, 10, 100]
            let callers = try holds.map { hold in
                try connect(on: node, to: target.address, target.port, hold: hold, count: count)
            }
            try watch.wait("all ended") { flows in
                flows.to(end).count { $0.last["event.action"] == "flow_ended" } == holds.count * count
            }
            let flows = try watch.end().to(end)
            var named: [Int] = []
            for callers in callers {
                #expect(callers.count == count)
                let processes = try callers.map { caller in
                    let flow = try #require(flows.first { $0.last["source.port"] == caller.port })
                    #expect(["host", "gateway"].contains(flow.last["source.identity.kind"] ?? ""))
                    let process = flow.last["source.process.pid"]
                    #expect(process == nil || process == caller.process)
                    return process
                }
                named.append(processes.count { $0 != nil })
            }
            // The debug build on a busy machine, too, mostly looks within 100 ms.
            #expect(named[2] * 2 >= count)
            return zip(named, holds).map { "\($0) of \(count) open for \($1) ms" }.joined(separator: ", ")
        }

        @Test func aDatagramsSenderIsNamed() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            let pod = lab.pods[0]
            let watch = try Observation(on: node)
            // Once without and once with a peer of its own.
            let script = """
                import os, socket, time
                one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); one.sendto(b"x", ("\(pod.address)", 7000))
                two = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); two.connect(("::ffff:\(pod.address)", 7000))
                two.send(b"y"); time.sleep(0.5); print(os.getpid())
                """
            let process = try node.output(of: "python3", "-c", script)
            try watch.wait("both were seen") { $0.to("\(pod.address):7000").count == 2 }
            let flows = try watch.end().to("\(pod.address):7000")
            #expect(flows.map { $0.last["source.process.pid"] } == [process, process])
            #expect(flows.allSatisfy { $0.last["network.transport"] == "udp" })
        }

        @Test func whoAnswersIsNamedBeforeItWasFoundListening() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            let watch = try Observation(on: node)
            // The rounds of looking for listeners grow long after some seconds.
            sleep(7)
            let script = """
                import os, socket, time
                server = socket.create_server(("", 7100)); print(os.getpid(), flush=True)
                other, _ = server.accept(); other.recv(100); time.sleep(0.5)
                """
            let server = try node.start("python3", "-c", script)
            try server.waitFor("\n")
            let process = server.output.trimmingCharacters(in: .whitespacesAndNewlines)
            try lab.talk([(lab.pods[0], Endpoint("10.244.16.1", 7100))])
            try watch.wait("it was seen") { $0.contains { $0.last["destination.port"] == "7100" } }
            try watch.wait("its process is known") { flows in
                flows.contains {
                    $0.last["destination.port"] == "7100" && $0.last["destination.process.pid"] == process
                }
            }
            let flow = try #require(try watch.end().first { $0.last["destination.port"] == "7100" })
            #expect(flow.last["destination.process.name"] == "python3")
            #expect([lab.pods[0].pause, lab.pods[0].app].contains(flow.container("source") ?? ""))
        }
    }
}
