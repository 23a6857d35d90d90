import Addressing
import CLinux
import Containers
import Enforcement
import Foundation
import Glibc
import Netlink
import Privilege
import Records
import Synchronization
import Testing

@testable import Monitor

/// A host in a network namespace of the test's own, with devices by name alone, and an enforcer that keeps blocks there.
final class EnforcedHost {
    let thread: PrivilegedThread
    let home: NetworkNamespace
    let path: String
    let facts: Inbox<JournalEntry>
    /// All that was to be written down, in order.
    let written = Written()
    private(set) var enforcer: Enforcer?

    /// What an enforcer wrote down.
    final class Written: Sendable {
        private let records = Mutex<[BlockRecord]>([])

        func add(_ more: [BlockRecord]) { records.withLock { $0 += more } }
        var all: [BlockRecord] { records.withLock { $0 } }

        func of(_ action: BlockRecord.Action) -> [BlockRecord] { all.filter { $0.action == action } }
    }

    static let person = BlockAuthor.person(userIdentifier: 0, name: "root")

    init() throws {
        let thread = try PrivilegedThread()
        let identifier = thread.perform { () -> Int32 in
            CLinux_newNetworkNamespace() == 0 ? CLinux_threadIdentifier() : 0
        }
        try #require(identifier != 0, "needs CAP_SYS_ADMIN")
        path = "/proc/\(getpid())/task/\(identifier)/ns/net"
        // Else whatever is done here would be done to the machine.
        let places = try ["/proc/self/ns/net", path].map {
            try FileManager.default.destinationOfSymbolicLink(atPath: $0)
        }
        try #require(places[0] != places[1])
        self.thread = thread
        home = NetworkNamespace(inode: try NamespaceFile(path: path).inode)
        facts = try Inbox(limit: 4096)
        learn(.host(home, name: "here"))
    }

    deinit {
        enforcer?.end()
        thread.end()
    }

    /// Begins to keep blocks.
    func begin(
        with blocks: [BlockRecord] = [],
        firstNumber: UInt64 = 1,
        ownsTables: Bool = true,
        paths: [NetworkNamespace: String] = [:],
        _ change: (inout EnforcementSettings) -> Void = { _ in }
    ) throws {
        var settings = EnforcementSettings()
        change(&settings)
        let written = written
        let enforcer = try Enforcer(
            privileged: thread,
            home: home,
            facts: facts,
            settings: settings,
            firstNumber: firstNumber,
            ownsTables: ownsTables,
            path: { paths[$0] }
        ) { records, done in
            written.add(records)
            done()
        }
        try enforcer.begin(with: blocks)
        self.enforcer = enforcer
    }

    /// Ends as an agent does that is killed: what stands in the kernel stays.
    func end() {
        enforcer?.end()
        enforcer = nil
    }

    func learn(_ change: JournalEntry.Change) {
        facts.put([JournalEntry(time: Clock.now, change: change)])
    }

    /// A container behind a device of the host's, at an address.
    func add(_ name: String, _ number: Int, generation: UInt32 = 1, device: String? = nil) throws {
        let device = device ?? "v-\(name)"
        try run("/sbin/ip", "link", "add", device, "type", "bridge")
        var container = Container(key: ContainerKey(identifier: name, generation: generation))
        container.description.name = name
        let inside = NetworkNamespace(inode: UInt64(9000 + number) + UInt64(generation) * 100)
        container.namespace = inside
        var outer = Interface(key: InterfaceKey(namespace: home, index: UInt32(100 + number)), name: device)
        outer.kind = "veth"
        var own = Interface(key: InterfaceKey(namespace: inside, index: 2), name: "eth0")
        own.kind = "veth"
        own.peer = outer.key
        outer.peer = own.key
        learn(.interface(outer))
        learn(.interface(own))
        learn(.address(own.key, try #require(IPAddress("10.9.0.\(number)")), prefixLength: 24))
        learn(.container(container))
    }

    func ask(_ call: BlockCall) async throws -> BlockAnswer { await (try #require(enforcer)).ask(call) }

    /// Blocks by words; returns the block.
    @discardableResult
    func block(_ words: [String: [String]]) async throws -> BlockRecord {
        let answer = try await ask(.add(try BlockWish(words), by: Self.person))
        guard case .done(let records) = answer else { throw Failure(description: "\(answer)") }
        return try #require(records.first)
    }

    /// What stands, by number.
    func blocks(ended: Bool = false) async throws -> [BlockRecord] {
        guard case .blocks(let records) = try await ask(.list(withEnded: ended)) else { return [] }
        return records
    }

    /// Waits until something of a block holds.
    func wait(_ what: String, _ condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try await !condition() {
            guard ContinuousClock.now < deadline else { throw Failure(description: "no sign that \(what)") }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// All that nft(8) lists of ours.
    func ruleset() throws -> String { try run("/usr/sbin/nft", "list", "ruleset") }

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// Runs a program in the namespace.
    @discardableResult
    func run(_ command: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/nsenter")
        process.arguments = ["--net=\(path)", "--"] + command
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: said, as: UTF8.self)
        guard process.terminationStatus == 0 else { throw Failure(description: "\(command): \(text)") }
        return text
    }
}
