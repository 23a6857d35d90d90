import Addressing
import Containers
import Declarations
import Foundation
import Testing

@testable import Baseline

@Suite("Rules for others from a baseline")
struct GeneratedTextTests {
    /// A cluster: `cart` calls `db` of another namespace, a bank, a node and pings.
    private static func cluster() throws -> Baseline {
        func pod(_ app: String, _ namespace: String, _ address: String) throws -> BaselineEnd {
            var container = Container(key: ContainerKey(identifier: app, generation: 1))
            container.description.pod = "\(app)-0"
            container.description.podNamespace = namespace
            container.description.labels = ["app": app]
            return BaselineEnd(try Shop.address(address), container: container)
        }
        var learner = BaselineLearner()
        let (cart, db) = (try pod("cart", "shop", "10.0.0.1"), try pod("db", "bank", "10.0.1.1"))
        learner.take(Shop.talk(cart, db, 5432, at: 1))
        learner.take(Shop.talk(cart, db, 5433, at: 2))
        learner.take(Shop.talk(cart, db, 0, at: 3, protocolNumber: 1))
        learner.take(Shop.talk(cart, try Shop.outside("203.0.113.1", name: "pay.example"), 443, at: 4))
        learner.take(
            Shop.talk(cart, BaselineEnd(try Shop.address("192.168.0.7"), kind: .host), 0, at: 5, protocolNumber: 1)
        )
        learner.take(Shop.talk(try Shop.outside("198.51.100.7"), cart, 80, at: 6))
        learner.take(Shop.talk(BaselineEnd(try Shop.address("10.9.9.9")), cart, 80, at: 7))
        return learner.baseline
    }

    @Test func aNetworkPolicyIsMadeForEachWorkload() throws {
        let text = try Self.cluster().networkPolicies
        let documents = ReadText.documents(text)
        #expect(documents.map { $0["metadata"]?["name"]?.text } == ["bank-db", "shop-cart"])
        let (db, cart) = (documents[0]["spec"], documents[1]["spec"])
        #expect(db?["podSelector"]?["matchLabels"]?.texts == ["app": "db"])
        #expect(db?["egress"]?.elements.count == 0)
        let ingress = try #require(db?["ingress"]?.elements.first)
        let from = try #require(ingress["from"]?.elements.first)
        #expect(from["podSelector"]?["matchLabels"]?.texts == ["app": "cart"])
        #expect(from["namespaceSelector"]?["matchLabels"]?.texts == ["kubernetes.io/metadata.name": "shop"])
        #expect(
            ingress["ports"]?.elements.map(\.texts) == [
                ["protocol": "TCP", "port": "5432"], ["protocol": "TCP", "port": "5433"],
            ]
        )
        #expect(cart?["policyTypes"]?.elements.map(\.text) == ["Ingress", "Egress"])
        let blocks = cart?["egress"]?.elements.compactMap { $0["to"]?.elements.first?["ipBlock"]?["cidr"]?.text }
        #expect(blocks == ["203.0.113.1/32"], "the host was pinged only, which cannot be said")
        #expect(text.contains("#   pay.example tcp/443: once"))
        let callers = cart?["ingress"]?.elements.compactMap { $0["from"]?.elements.first?["ipBlock"] }
        #expect(callers?.map { $0["cidr"]?.text } == ["10.9.9.0/24", "0.0.0.0/0"])
        #expect(callers?.last?["except"]?.elements.count == 3)
        #expect(text.contains("left out: no label says which pods it has"))
    }

    @Test(arguments: ["a\": b\n---\nkind: Pod", "*", "-x", "\u{1b}[2J", "日本", "", " "])
    func aLabelThatCannotBeSaidIsLeftOut(value: String) throws {
        var learner = BaselineLearner()
        var container = Container(key: ContainerKey(identifier: "x", generation: 1))
        container.description.image = value
        container.description.labels = ["app": value, "tier": "web"]
        let end = BaselineEnd(try Shop.address("10.0.0.1"), container: container, name: value)
        learner.take(Shop.talk(end, try Shop.outside("203.0.113.1", name: value), 443, at: 1))
        container.description.labels = ["app": value]
        container.description.image = "i"
        learner.take(Shop.talk(BaselineEnd(end.address, container: container), end, 443, at: 2))
        let text = learner.baseline.networkPolicies
        let documents = ReadText.documents(text)
        #expect(documents.count == 1 && text.unicodeScalars.allSatisfy { " "..."~" ~= $0 || $0 == "\n" })
        #expect(documents.first?["spec"]?["podSelector"]?["matchLabels"]?.texts == ["tier": "web"])
    }

    @Test func composeHasANetworkForEachPair() throws {
        let files = try Shop.learner().baseline.composeFiles
        #expect(files.map(\.project) == ["shop"])
        let root = try #require(ReadText.documents(files[0].text).first)
        #expect(root["services"]?.keys == ["api", "db", "web"])
        let networks = { (service: String) in root["services"]?[service]?["networks"]?.elements.compactMap(\.text) }
        #expect(networks("api") == ["shop-api_outside", "shop-api_shop-db", "shop-api_shop-web"])
        #expect(networks("db") == ["shop-api_shop-db"])
        #expect(networks("web") == ["shop-api_shop-web", "shop-web_outside"])
        #expect(root["networks"]?["shop-api_shop-db"]?.texts == ["internal": "true"])
        #expect(root["networks"]?["shop-web_outside"]?.texts == ["internal": "false"])
    }

    @Test func networksOfTwoProjectsAreMadeByHand() throws {
        var learner = BaselineLearner()
        let other = BaselineEnd(try Shop.address("10.2.0.1"), container: Shop.container("log", project: "ops\n#"))
        learner.take(Shop.talk(try Shop.end("web", "10.1.0.2"), other, 514, at: 1))
        let files = learner.baseline.composeFiles
        #expect(files.count == 2)
        for file in files {
            let root = try #require(ReadText.documents(file.text).first)
            let shared = root["networks"]?["ops-log_shop-web"]
            #expect(shared?.texts == ["external": "true", "name": "portolan_ops-log_shop-web"])
            #expect(root["services"]?.keys.count == 1)
        }
    }

    @Test func theRulesetIsReadable() throws {
        let text = try Shop.learner().baseline.ruleset
        #expect(text.contains("\tset w_shop_api_ip4 {\n\t\ttype ipv4_addr\n\t\telements = { 10.1.0.3 }\n"))
        #expect(text.contains("\t\tip saddr @w_shop_web_ip4 goto from_w_shop_web\n"))
        #expect(text.contains("\t\tip daddr @w_shop_db_ip4 tcp dport 5432 counter accept\n"))
        #expect(text.contains("\t\tip daddr { 203.0.113.7 } tcp dport 443 counter accept\n"))
        #expect(text.contains("\tchain to_w_shop_web {\n\t\t# the outside tcp/443: 60 times"))
    }

    @Test(.enabled(if: Nft.isThere, "nft and the right to ask the kernel"))
    func nftTakesTheRuleset() throws {
        for baseline in [try Shop.learner().baseline, try Self.cluster(), Baseline(), try Self.odd()] {
            let complaint = try Nft.check(baseline.ruleset)
            #expect(complaint == "", "\(baseline.ruleset)")
        }
        let complaint = try Nft.check("table inet x { chain y { ip daddr nonsense } }\n")
        #expect(complaint != "", "it says so when something is wrong")
    }

    /// Names that mean something to nftables, all kinds of services and both families.
    private static func odd() throws -> Baseline {
        var learner = BaselineLearner()
        let names = ["ip saddr\n}", "\" drop", "#", "@w_x", "tcp"]
        for (number, name) in names.enumerated() {
            var container = Container(key: ContainerKey(identifier: name, generation: 1))
            container.description.image = name
            let end = BaselineEnd(try Shop.address("10.0.0.\(number + 1)"), container: container)
            let six = BaselineEnd(try Shop.address("fd00::\(number + 1)"), container: container)
            for (service, port) in [(6, 0), (6, 80), (17, 53), (132, 7), (1, 0), (58, 0), (47, 0)] as [(UInt8, UInt16)]
            {
                learner.take(
                    Shop.talk(end, try Shop.outside("203.0.113.1", name: name), port, at: 1, protocolNumber: service)
                )
                learner.take(Shop.talk(six, try Shop.outside("2001:db8::1"), port, at: 1, protocolNumber: service))
                learner.take(Shop.talk(try Shop.outside("2001:db8::1"), six, port, at: 1, protocolNumber: service))
                let nobody = BaselineEnd(try Shop.address("10.0.0.99"))
                learner.take(Shop.talk(nobody, end, port, at: 1, protocolNumber: service))
                learner.take(Shop.talk(end, nobody, port, at: 1, protocolNumber: service))
            }
            for port in 0..<20 { learner.take(Shop.talk(end, six, 9000 + UInt16(port), at: 2)) }
        }
        return learner.baseline
    }
}

/// The program nft, where it is and may ask the kernel: in a network namespace of its own, in which nothing is changed.
private enum Nft {
    static let isThere = (try? check("")) == ""

    /// What it says of a ruleset; nothing when it takes it.
    static func check(_ ruleset: String) throws -> String {
        let file = try ReadText.write(ruleset)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["unshare", "--user", "--map-root-user", "--net", "nft", "-c", "-f", file.path]
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
        let output = Pipe()
        process.standardError = output
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: said, as: UTF8.self)
        return process.terminationStatus == 0 ? "" : text.isEmpty ? "failed" : text
    }
}
