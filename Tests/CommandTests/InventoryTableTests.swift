import Addressing
import Containers
import Records
import Testing

@testable import portolan

@Suite("Containers as a table")
struct InventoryTableTests {
    private let plain = TextStyle(choice: .never)
    private static let host = NetworkNamespace(inode: 1)

    private func apply(_ changes: [JournalEntry.Change]) -> Inventory {
        var journal = IdentityJournal()
        for change in [.host(Self.host, name: "node-a")] + changes {
            journal.apply(JournalEntry(time: Timestamp(nanoseconds: 0), change: change))
        }
        return journal.inventory()
    }

    private func container(
        _ identifier: String,
        in namespace: UInt64?,
        cgroup: UInt64? = nil,
        _ describe: (inout ContainerDescription) -> Void = { _ in }
    ) -> JournalEntry.Change {
        var container = Container(key: ContainerKey(identifier: identifier, generation: 1))
        container.namespace = namespace.map { NetworkNamespace(inode: $0) }
        container.cgroupIdentifier = cgroup
        container.started = Timestamp(nanoseconds: 0)
        describe(&container.description)
        return .container(container)
    }

    /// A veth on docker0 with an address.
    private func network(_ namespace: UInt64, _ address: String) -> [JournalEntry.Change] {
        let bridge = InterfaceKey(namespace: Self.host, index: 3)
        let near = InterfaceKey(namespace: Self.host, index: UInt32(namespace))
        let far = InterfaceKey(namespace: NetworkNamespace(inode: namespace), index: 2)
        var interfaces = [(bridge, "docker0"), (near, "veth\(namespace)"), (far, "eth0")].map {
            Interface(key: $0, name: $1)
        }
        interfaces[0].kind = "bridge"
        interfaces[1].kind = "veth"
        interfaces[1].peer = far
        interfaces[1].master = 3
        interfaces[2].kind = "veth"
        interfaces[2].peer = near
        return interfaces.map { .interface($0) } + [.address(far, text(address), prefixLength: 24)]
    }

    private func text(_ address: String) -> IPAddress { IPAddress(address) ?? .v4(IPv4Address(bits: 0)) }

    private func listener(
        _ port: UInt16,
        in namespace: UInt64,
        at address: String = "0.0.0.0",
        cgroup: UInt64? = nil,
        by process: String? = nil
    ) -> JournalEntry.Change {
        var listener = Listener(
            namespace: NetworkNamespace(inode: namespace),
            protocolNumber: 6,
            address: text(address),
            port: port
        )
        listener.cgroupIdentifier = cgroup
        listener.process = process.map { SocketProcess(identifier: 7, name: $0) }
        return .listener(listener)
    }

    private func lines(
        _ changes: [JournalEntry.Change],
        all: Bool = false,
        names: [String] = [],
        filter: FlowFilter = FlowFilter(),
        width: Int = .max
    )
        -> [String]
    {
        let selection = InventorySelection(names: names, filter: filter, showsAll: all)
        let now = Timestamp(nanoseconds: 200_000_000_000)
        return InventoryTable(selection.select(from: apply(changes)), now: now).lines(plain, width: width)
    }

    /// A web server, a pod of two, and one on the host's network.
    private var shop: [JournalEntry.Change] {
        let web = container("0123456789abcdef", in: 40) {
            $0.name = "web"
            $0.image = "nginx:1.25"
            $0.runtime = .docker
            $0.published = [
                PublishedPort(protocolNumber: 6, address: text("0.0.0.0"), port: 8080, containerPort: 80),
                PublishedPort(protocolNumber: 6, address: text("::"), port: 8080, containerPort: 80),
            ]
        }
        let pause = container("aa", in: 41, cgroup: 1) {
            ($0.pod, $0.podNamespace, $0.isSandbox) = ("cart", "shop", true)
        }
        let app = container("bb", in: 41, cgroup: 2) { ($0.pod, $0.podNamespace, $0.name) = ("cart", "shop", "app") }
        let hosted = container("cc", in: 1, cgroup: 3) { $0.name = "hosted" }
        return network(40, "172.17.0.2") + network(41, "172.17.0.3") + [web, pause, app, hosted] + [
            listener(80, in: 40, by: "nginx"), listener(80, in: 40, at: "::", by: "nginx"),
            listener(9000, in: 40, at: "127.0.0.1", by: "php"), listener(7000, in: 41, cgroup: 2, by: "python3"),
            listener(9090, in: 1, cgroup: 3, by: "httpd"), listener(22, in: 1, cgroup: 9, by: "sshd"),
        ]
    }

    @Test func eachContainerHasItsLinesAndThoseThatShareStandTogether() {
        let lines = lines(shop)
        #expect(
            lines.map { $0.split(separator: "  ").map { $0.trimmingPrefix(" ") }.map(String.init) } == [
                ["container", "image", "runtime", "address", "network", "listens", "exposed", "age"],
                ["shop/cart", "172.17.0.3", "eth0 › docker0", "3 min"],
                ["└ app", "7000/tcp python3", "3 min"],
                [
                    "web", "nginx:1.25", "docker", "172.17.0.2", "eth0 › docker0", "80/tcp nginx", "8080→80/tcp",
                    "3 min",
                ],
                ["127.0.0.1:9000/tcp php"],
                ["hosted", "host network", "9090/tcp httpd", "9090/tcp", "3 min"],
            ]
        )
        #expect(lines[0].hasPrefix("container  image       runtime  address       network         listens"))
    }

    /// Columns in which nothing stands are left out.
    @Test func whoseAContainerIsStandsThereWhereAnyLabelSaysIt() {
        let owned = container("0123456789abcdef", in: 40) {
            ($0.name, $0.owner, $0.role) = ("web", "shop\u{1b}", "front end")
        }
        let lines = lines([owned, container("bb", in: 40) { $0.name = "db" }], all: true)
        #expect(lines[0].split(separator: " ") == ["container", "owner", "role", "address", "age"])
        #expect(lines[1].contains("  shop\u{fffd}  front end  no network"))
        #expect(!self.lines([container("bb", in: 40)])[0].contains("owner"))
        #expect(self.lines([owned], width: 30)[0].split(separator: " ") == ["container", "address"])
    }

    @Test func namespacesWithoutAContainerAndTheHostComeLastWhenAskedFor() {
        let lines = lines(shop + network(42, "172.17.0.4"), all: true)
        let rest = lines.drop { !$0.isEmpty }.dropFirst()
        #expect(rest.first?.hasPrefix("namespace") == true)
        #expect(rest.dropFirst().first?.hasPrefix("net:[42]") == true)
        #expect(rest.contains { $0.hasPrefix("node-a (host)") && $0.contains("22/tcp sshd") })
        #expect(!lines.contains { $0.contains("22/tcp") && $0.hasPrefix("hosted") })
    }

    @Test(
        arguments: [
            (["web"], ["web"]), (["cart"], ["shop/cart", "└ app"]), (["shop/cart/app"], ["shop/cart/app"]),
            (["cart/app", "hosted"], ["shop/cart/app", "hosted"]), (["0123456789ab"], ["web"]), (["0123456789a"], []),
            (["we"], []), (["we*"], ["web"]), (["shop/*", "w*b"], ["shop/cart", "└ app", "web"]),
        ]
    )
    func namesChooseWhatIsListed(names: [String], listed: [String]) {
        #expect(called(lines(shop, names: names)) == listed)
    }

    @Test(
        arguments: [
            ("image=nginx*", [], ["web"]), ("not image=nginx*", [], ["shop/cart", "└ app", "hosted"]),
            ("namespace=shop", [], ["shop/cart", "└ app"]), ("pod=cart", ["app"], ["shop/cart/app"]),
            ("pod=cart", ["web"], []), ("ip=172.17.0.2", [], ["web"]),
            ("ip=172.17.0.0/16 ip=::/0", [], ["shop/cart", "└ app", "web"]),
            ("not ip=0.0.0.0/0", [], ["hosted"]), ("label=none", [], []),
        ]
    )
    func filtersChooseFurther(text: String, names: [String], listed: [String]) throws {
        let filter = try FlowFilter(parsing: text)
        #expect(called(lines(shop, names: names, filter: filter)) == listed)
        // Who asks so wants no empty namespace.
        #expect(called(lines(shop, all: true, names: names, filter: filter)) == listed)
    }

    /// What stands in the first column. Continued lines begin with blanks; the name ends at the first two.
    private func called(_ lines: [String]) -> [String] {
        lines.dropFirst().filter { !$0.hasPrefix(" ") }.map {
            String($0.prefix(upTo: $0.firstRange(of: "  ")?.lowerBound ?? $0.endIndex))
        }
    }

    @Test func saysWhichNamesNobodyHas() {
        let selection = InventorySelection(names: ["web", "nobody", "c"], showsAll: false)
        #expect(selection.strangers(to: apply(shop)) == ["nobody", "c"])
    }

    @Test(arguments: [200, 120, 100, 80, 60, 40])
    func keepsToTheTerminal(width: Int) {
        let lines = lines(shop, all: true, width: width)
        #expect(lines.allSatisfy { TerminalWidth.of($0) <= width })
        // Who and where always stand there.
        #expect(lines.contains { $0.hasPrefix("web") && $0.contains("172.17.0.2") })
    }

    @Test func textFromOutsideIsHarmless() {
        let evil = "\u{1b}[31mred\n\u{202e}"
        let changes: [JournalEntry.Change] = [
            container("dd", in: 40) { ($0.name, $0.image) = (evil, evil) },
            listener(80, in: 40, by: evil),
        ]
        let lines = lines(changes)
        #expect(lines.count == 2)
        #expect(
            lines.joined().unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
            }
        )
    }

    @Test func whatIsNotKnownIsSaidToBeThat() {
        let lines = lines([container("ee", in: nil), container("ff", in: 50)])
        #expect(lines.contains { $0.hasPrefix("ee") && $0.contains("not known") })
        #expect(lines.contains { $0.hasPrefix("ff") && $0.contains("no network") })
        #expect(self.lines([]) == [])
    }

    @Test func countsWhatIsTooMuchToList() {
        let changes = [container("gg", in: 40)] + (1...40).map { listener(UInt16($0), in: 40) }
        let lines = lines(changes)
        #expect(lines.count == 1 + 12)
        #expect(lines.last?.trimmingPrefix(while: { $0 == " " }) == "29 more")
    }
}

@Suite("Rights to look")
struct InventoryRightsTests {
    @Test func nothingLacksWhereAllIsThere() {
        let rights = InventoryRights(effective: .max)
        #expect(rights.lack == nil)
        #expect(!rights.explains("CAP_SYS_PTRACE is needed"))
    }

    @Test(arguments: [(UInt64(12), "CAP_NET_ADMIN"), (19, "CAP_SYS_PTRACE"), (21, "CAP_SYS_ADMIN")])
    func saysInOneLineWhatLacks(bit: UInt64, name: String) throws {
        let rights = InventoryRights(effective: ~(1 << bit))
        let lack = try #require(rights.lack)
        #expect(lack.contains("without \(name) "))
        #expect(!lack.contains("\n"))
        #expect(rights.explains("\(name) is needed"))
        #expect(!rights.explains("docker.sock: no answer yet"))
    }

    @Test func severalStandInOneLine() throws {
        let lack = try #require(InventoryRights(effective: 0).lack)
        #expect(lack.contains("CAP_NET_ADMIN, CAP_SYS_PTRACE and CAP_SYS_ADMIN"))
    }
}
