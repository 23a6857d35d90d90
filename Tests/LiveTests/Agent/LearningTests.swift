import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// A baseline that is learned of what passes, of what an agent remembers, and what is found by it.
    @Suite("Learning from what passes", .needs(.docker))
    struct LearningTests {
        /// Answers every question for addresses of IPv4 with one, and says of IPv6 that there is none.
        private static let resolver = """
            import socket
            door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            door.bind(("0.0.0.0", 53))
            print("answering", flush=True)
            while True:
                query, client = door.recvfrom(512)
                end = query.index(0, 12) + 5
                asked = query[12:end]
                isA = asked[-4:-2] == bytes([0, 1])
                head = query[:2] + bytes([0x81, 0x80, 0, 1, 0, 1 if isA else 0, 0, 0, 0, 0])
                record = bytes([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 9, 9, 9])
                door.sendto(head + asked + (record if isA else b""), client)
            """

        private static let file = "/run/baseline.yaml"

        /// What a shop does all day.
        private struct Shop {
            let lab: DockerLab
            let database: DockerContainer
            let resolver: Running

            init() throws {
                lab = try DockerLab()
                // A resolver that nobody at the host has to pass on to.
                resolver = try lab.outside.start("/usr/bin/python3", "-u", "-c", LearningTests.resolver)
                try resolver.waitFor("answering")
                let docker = lab.docker
                let serve = "httpd -p 8080 -h /www; exec httpd -f -p 80 -h /www"
                database = try docker.run("db", "--label", "role=db", command: ["sh", "-c", serve])
                _ = try docker.run("web", "--label", "role=web", "--dns", lab.outside.address)
            }

            func work() throws {
                try fetch(database.address)
                try look("pay.example")
            }

            func fetch(_ address: String) throws {
                try lab.docker.docker(["exec", "web", "wget", "-q", "-O", "-", "http://\(address)/"])
            }

            func look(_ name: String) throws {
                let said = try lab.docker.docker(["exec", "web", "sh", "-c", "nslookup \(name) || true"])
                #expect(said.contains("10.9.9.9"), "\(said)")
            }

            func learn(_ options: String...) throws -> Outcome {
                try lab.node.run([BuiltProgram.location.path, "policy", "learn"] + options)
            }
        }

        /// The lines of a baseline that are about one workload.
        private func profile(_ role: String, in text: String) -> String {
            text.components(separatedBy: "\n  - name: ").first { $0.contains("      role: \"\(role)\"\n") } ?? ""
        }

        /// What the baseline of that shop has, however it was learned.
        private func expectShop(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
            let (web, db) = (profile("web", in: text), profile("db", in: text))
            #expect(web.contains("      image: \"portolan.test/box\"\n"), "\(text)", sourceLocation: sourceLocation)
            let name = db.prefix { $0 != "\n" }
            let call = "      - workload: \(name)\n        protocol: tcp\n        port: 80\n"
            #expect(web.contains(call), "\(text)", sourceLocation: sourceLocation)
            #expect(web.contains("- name: \"pay.example\"\n"), "\(text)", sourceLocation: sourceLocation)
            #expect(db.contains(#/- protocol: tcp\n +port: 80\n/#), "\(text)", sourceLocation: sourceLocation)
            // Nobody called that one: its socket says it.
            #expect(db.contains(#/- protocol: tcp\n +port: 8080\n/#), "\(text)", sourceLocation: sourceLocation)
        }

        @Test func whatPassesTeachesAndWhatIsNewIsTold() throws {
            let shop = try Shop()
            let node = shop.lab.node
            // Docker's own resolver listens in it, where nobody else can call.
            try shop.lab.docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            _ = try shop.lab.docker.run("idle", "--network", "app", "--label", "role=idle")
            let learning = try node.portolan("policy", "learn", "-i", "docker0", "--journal", "/run/journal.jsonl")
            try learning.waitFor("learning until Ctrl-C")
            try shop.work()
            // What begins meanwhile, calls at once and ends has its own profile.
            let call = "wget -q -O - http://\(shop.database.address)/"
            try shop.lab.docker.docker(["run", "--rm", "--label", "role=job", BoxImage.name, "sh", "-c", call])
            learning.signal(SIGINT)
            let learned = learning.wait()
            #expect(learned.status == 0, "\(learned.errors)")
            expectShop(learned.output)
            #expect(try node.output(of: "cat", "/run/journal.jsonl").contains("\"ip\":\"127.0.0.11\""))
            #expect(profile("idle", in: learned.output).isEmpty, "\(learned.output)")
            #expect(profile("job", in: learned.output).contains("        port: 80\n"), "\(learned.output)")
            #expect(!learned.output.contains("segment:"), "\(learned.output)")
            // What was lost is known.
            #expect(learned.errors.contains("; no packets lost"), "\(learned.errors)")
            #expect(
                learned.output.contains(#/loss:\n +received: [1-9][0-9]*\n +dropped: 0\n +gaps: 0\n/#),
                "\(learned.output)"
            )

            // What is generated of it the kernel's own tool takes.
            try node.shell("printf %s \"$1\" >\(Self.file)", learned.output)
            let rules = try node.runPortolan("policy", "generate", "--baseline", Self.file, "--form", "nft")
            #expect(rules.status == 0 && rules.output.contains("tcp dport 80"), "\(rules.errors)\(rules.output)")
            try node.shell("printf %s \"$1\" >/run/rules.nft; nft -c -f /run/rules.nft", rules.output)

            // The same once more is quiet; what is new is told.
            let stranger = try shop.lab.docker.run("new", command: ["httpd", "-f", "-p", "80", "-h", "/www"])
            try node.shell("printf 'policy: {baseline: %s}\\n' \"$1\" >/run/portolan.yaml", Self.file)
            let agent = try WatchedAgent(on: node, "--config", "/run/portolan.yaml")
            func alerts() throws -> [Record] {
                try agent.node.runPortolan("alerts", "--socket", agent.socket, "-o", "json", "--rule", "baseline")
                    .records
            }
            try shop.work()
            try shop.fetch(stranger.address)
            try shop.look("evil.example")
            func kinds(_ records: [Record]) -> [String] { records.compactMap { $0["rule.id"] }.sorted() }
            try agent.wait("both are told") { kinds(try alerts()).count >= 2 }
            let told = try alerts()
            #expect(kinds(told) == ["baseline.destination", "baseline.name"])
            #expect(told.map { $0["source.container.name"] } == ["web", "web"])
            #expect(told.contains { $0["destination.container.name"] == "new" })
            // A socket that nobody called is known at once.
            let asked = try shop.learn("--socket", agent.socket)
            #expect(profile("db", in: asked.output).contains(#/- protocol: tcp\n +port: 8080\n/#), "\(asked.output)")
            #expect(agent.running.stop().status == 0)

            // What the agent remembers of all that teaches the same, and what was new besides.
            let remembered = try shop.learn("--database", agent.database)
            #expect(remembered.status == 0, "\(remembered.errors)")
            expectShop(remembered.output)
            #expect(profile("web", in: remembered.output).contains("- name: \"evil.example\"\n"))
            #expect(!remembered.output.contains("omitted:\n"), "\(remembered.output)")
            // What listened all the time counts also where it was told of before.
            let late = try shop.learn("--database", agent.database, "--since", "0s")
            #expect(profile("db", in: late.output).contains(#/- protocol: tcp\n +port: 8080\n/#), "\(late.output)")
            #expect(profile("web", in: late.output).isEmpty)
        }

        @Test func itEndsWhenItsTimeIsOver() throws {
            let lab = try Lab(nodes: ["alone"])
            let node = lab.nodes[0]
            let outcome = try node.runPortolan("policy", "learn", "-i", "eth0", "--duration", "0.5")
            #expect(outcome.status == 0 && outcome.output.contains("conversations: "), "\(outcome.errors)")
            #expect(!outcome.errors.contains("Ctrl-C"))
            // Nothing that was not seen is made up.
            let refused = try node.runPortolan("policy", "learn", "-i", "nowhere0", "--duration", "1")
            #expect(refused.status == 2 && refused.output.isEmpty, "\(refused.errors)")
        }
    }
}
