import Support
import Testing

extension Live {
    /// What packets that pass cost, where many others would not.
    @Suite("Cost of blocks", .needs(.nodes))
    struct BlockCostTests {
        /// Sends datagrams by the hundred; prints the nanoseconds of CPU that each took, all the way to the socket at its end.
        private static let send = """
            import ctypes, socket, sys, time
            class Vector(ctypes.Structure):
                _fields_ = [("base", ctypes.c_char_p), ("length", ctypes.c_size_t)]
            class Message(ctypes.Structure):
                _fields_ = [("name", ctypes.c_void_p), ("name_length", ctypes.c_uint), ("vector", ctypes.POINTER(Vector)),
                            ("vector_length", ctypes.c_size_t), ("control", ctypes.c_void_p),
                            ("control_length", ctypes.c_size_t), ("flags", ctypes.c_size_t), ("sent", ctypes.c_size_t)]
            libc = ctypes.CDLL(None, use_errno=True)
            link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            link.connect((sys.argv[1], int(sys.argv[2])))
            vector = Vector(b"x" * 64, 64)
            messages = (Message * 100)()
            for message in messages:
                message.vector, message.vector_length = ctypes.pointer(vector), 1
            count, rounds = 0, int(sys.argv[3])
            began = time.thread_time_ns()
            for _ in range(rounds):
                count += max(0, libc.sendmmsg(link.fileno(), messages, 100, 0))
            print((time.thread_time_ns() - began) / count, count)
            """

        @Test func whatPassesCostsAsMuchAsWithoutThem() throws {
            let count = Live.isThorough ? 20_000 : 2_000
            let rounds = Live.isThorough ? 5_000 : 500
            let lab = try KernelLab(pods: 3, nodes: ["node-a"])
            let (blocked, free, target) = (lab.pods[0], lab.pods[1], lab.pods[2])
            let first = try WatchedAgent(on: lab.nodes[0])
            try first.wait("all are here") {
                let here = try first.records("/v1/containers").compactMap { $0["container.id"] }
                return Set(here).isSuperset(of: lab.pods.map(\.app))
            }
            _ = try first.blocked(blocked.app, "--to", "198.18.0.0")
            #expect(first.running.stop().status == 0)
            try lab.nodes[0].output(of: "/usr/bin/python3", "-c", ManyBlocks.multiply, first.database, "\(count)")
            let second = try WatchedAgent(on: lab.nodes[0])
            try second.wait("all stand", within: .seconds(120)) { second.said("block_verified #\(count)") > 0 }
            // What watching costs is another matter; the blocks stay.
            #expect(second.running.stop().status == 0)

            /// A socket that takes little and is never read: what comes after that is dropped there.
            let sink = try target.start(
                "/usr/bin/python3",
                "-c",
                """
                import socket, time
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
                s.bind(("0.0.0.0", 7999)); print("ready", flush=True); time.sleep(600)
                """
            )
            try sink.waitFor("ready")
            func cost(_ pod: Pod) throws -> Double {
                let said = try pod.output(
                    of: ["/usr/bin/python3", "-c", Self.send, target.address, "7999", "\(rounds)"],
                    within: .seconds(60)
                )
                let words = said.split(separator: " ").compactMap { Double($0.filter { !$0.isWhitespace }) }
                try #require(words.count == 2 && words[1] == Double(rounds * 100), "\(said)")
                return words[0]
            }
            _ = (try cost(blocked), try cost(free))
            let pairs = try (0..<9).map { index in
                // In turns, as what comes second finds a warmer machine.
                if index.isMultiple(of: 2) { return (with: try cost(blocked), without: try cost(free)) }
                let without = try cost(free)
                return (with: try cost(blocked), without: without)
            }
            let ratios = pairs.map { $0.with / $0.without }.sorted()
            print(
                "a packet that passes \(count) blocks: \(pairs.map { Int($0.with) }.sorted()[4]) ns, without any "
                    + "\(pairs.map { Int($0.without) }.sorted()[4]) ns, ratio \(ratios.map { Double(Int($0 * 1000)) / 1000 })"
            )
            // The aim is 5 %.
            #expect(ratios[4] < 1.5)
            #expect(try lab.nodes[0].runPortolan("panic", "--yes", "--database", second.database).status == 0)
            #expect(try second.tables == "")
        }
    }
}
