import Addressing
import Containers
import Records
import Testing

@Suite("Inventory from JSON")
struct InventoryReaderTests {
    private func text(_ inventory: Inventory, showsHost: Bool = true) -> [UInt8] {
        var writer = InventoryWriter(hostName: inventory.hostName, time: Timestamp(nanoseconds: 5))
        for place in inventory.namespaces { writer.write(allOf: place, showsHost: showsHost) }
        return writer.bytes
    }

    private func read(_ text: String) throws -> InventoryReader {
        let bytes = Array(text.utf8)
        return try InventoryReader(reading: bytes.span)
    }

    private func line(_ kind: String, _ rest: String) -> String {
        #"{"@timestamp":"1970-01-01T00:00:01Z","event":{"kind":"state"},"identity":{"kind":"\#(kind)"},\#(rest)}"#
    }

    @Test(arguments: 0..<200 as Range<UInt64>) func isTheOneThatWasWritten(seed: UInt64) throws {
        let inventory = RandomInventory(seed: seed).inventory
        for showsHost in [true, false] {
            let written = text(inventory, showsHost: showsHost)
            let reader = try InventoryReader(reading: written.span)
            #expect(text(reader.inventory, showsHost: showsHost) == written)
            #expect(reader.skipped == 0)
        }
    }

    @Test func comesTogetherByNamespace() throws {
        let inventory = RandomInventory(seed: 7).inventory
        let written = text(inventory)
        let reader = try InventoryReader(reading: written.span)
        let read = reader.inventory
        #expect(read.namespaces.map(\.namespace) == inventory.namespaces.map(\.namespace))
        #expect(read.namespaces.map(\.owner) == inventory.namespaces.map(\.owner))
        #expect(read.namespaces.map(\.isHost) == inventory.namespaces.map(\.isHost))
        for (told, known) in zip(read.namespaces, inventory.namespaces) {
            #expect(told.containers.map(\.container.key) == known.containers.map(\.container.key))
            #expect(told.interfaces.map(\.addresses) == known.interfaces.map(\.addresses))
            #expect(told.interfaces.map(\.peer?.key) == known.interfaces.map(\.peer?.key))
            #expect(told.interfaces.map(\.bridge?.name) == known.interfaces.map(\.bridge?.name))
            // Those that are nobody's go to the owner; the host's own stay.
            let sockets = told.containers.reduce(told.listeners.count) { $0 + $1.listeners.count }
            #expect(sockets == known.containers.reduce(known.listeners.count) { $0 + $1.listeners.count })
        }
        #expect(read.host == inventory.host && read.hostName == inventory.hostName)
        #expect(reader.time == Timestamp(nanoseconds: 5))
        #expect(inventory.namespaces.contains { $0.containers.count > 1 && !$0.isHost })
        #expect(inventory.namespaces.contains { $0.containers.count > 0 && $0.isHost })
        #expect(inventory.namespaces.contains { $0.namespace == nil })
    }

    @Test func namesAnOwnerWhoIsNotAmongTheLines() throws {
        let guest = #""container":{"id":"b","generation":1,"netns":4,"network_of":"a"},"host":{"netns":4}"#
        let reader = try read(line("container", guest))
        #expect(reader.inventory.namespaces.first?.owner == ContainerKey(identifier: "a", generation: 0))
        let owner = #""container":{"id":"a","generation":3,"netns":4},"host":{"netns":4}"#
        let both = try read(line("container", guest) + "\n\n" + line("container", owner) + "\n")
        #expect(both.inventory.namespaces.first?.owner == ContainerKey(identifier: "a", generation: 3))
        #expect(both.inventory.namespaces.first?.containers.count == 2)
    }

    @Test func passesOverWhatIsOfAnotherKind() throws {
        let flow = #"{"event":{"kind":"event","action":"flow_ended"}}"#
        let newer = line("ghost", #""more":1"#)
        let reader = try read([flow, newer, "{}"].joined(separator: "\n"))
        #expect(reader.skipped == 3 && reader.inventory == Inventory() && reader.time == nil)
    }

    private static let first = #""container":{"id":"a","generation":1,"netns":4},"host":{"netns":4}"#

    private static let wide =
        #""interface":[{"name":"e","ifindex":1,"address":[{"ip":"10.0.0.1","prefix_length":33}]}]"#

    private static let refused: [(String, JournalError.Reason)] = [
        (#""container":{"generation":1}"#, .missing("container.id")),
        (#""container":{"id":"b","generation":4294967296}"#, .wrong("container.generation")),
        (#""container":{"id":"b","generation":1e3}"#, .wrong("container.generation")),
        (#""container":[1]"#, .wrong("container")),
        (first, .wrong("container.id")),
        (#""container":{"id":"b","generation":1,"netns":4},"host":{"netns":4}"#, .missing("container.network_of")),
        (
            #""container":{"id":"b","generation":1,"netns":4,"network_of":"c"},"host":{"netns":4}"#,
            .wrong("container.network_of")
        ),
        (#""container":{"id":"b","generation":1,"netns":5},"host":{"netns":4}"#, .wrong("host.netns")),
        (#""container":{"id":"b","generation":1,"netns":4}"#, .wrong("container.netns")),
        (#""container":{"id":"b","generation":1},"listener":[]"#, .missing("container.netns")),
        (
            #""container":{"id":"b","generation":1,"netns":6},"host":{"netns":6},"listener":[{"transport":"carrier"}]"#,
            .wrong("listener.transport")
        ),
        (
            #""container":{"id":"b","generation":1},"exposed":[{"transport":"tcp","ip":"::","port":1,"container_port":2}]"#,
            .missing("exposed.by")
        ),
        (
            #""container":{"id":"b","generation":1,"netns":6},"host":{"netns":6},\#(wide)"#,
            .wrong("interface.address.prefix_length")
        ),
    ]

    @Test(arguments: refused) func saysWhatIsWrongAndWhere(second: String, reason: JournalError.Reason) {
        #expect(throws: JournalError(line: 2, reason: reason)) {
            try read(line("container", Self.first) + "\n" + line("container", second))
        }
    }

    @Test func refusesASecondHostAndANamespaceToldTwice() {
        let empty = line("namespace", #""host":{"netns":4}"#)
        #expect(throws: JournalError(line: 2, reason: .wrong("host.netns"))) { try read(empty + "\n" + empty) }
        let host = line("host", #""host":{"netns":4}"#)
        let other = line("host", #""host":{"netns":5}"#)
        #expect(throws: JournalError(line: 2, reason: .wrong("host.netns"))) { try read(host + "\n" + other) }
    }

    @Test func nestingAndRepeatedKeysAreErrors() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JournalError(line: 1, reason: .notJSON(.tooDeep(at: 16)))) { try read(deep) }
        #expect(throws: (any Error).self) { try read(#"{"event":{},"event":{}}"#) }
    }

    /// What comes of it does not matter, only that it comes to an end.
    @Test(arguments: 0..<20 as Range<UInt64>) func endsWhateverItIsGiven(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let whole = text(RandomInventory(seed: seed).inventory)
        var refused = 0
        for _ in 0..<50 {
            let bytes = Mutation.of(whole, &numbers)
            do {
                let reader = try InventoryReader(reading: bytes.span)
                // What was read can be written.
                _ = text(reader.inventory)
            } catch {
                refused += 1
                #expect(!"\(error)".isEmpty)
            }
        }
        #expect(refused > 0)
    }
}
