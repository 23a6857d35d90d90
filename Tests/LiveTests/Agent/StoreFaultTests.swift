import Foundation
import Support
import Testing

extension Live {
    /// What goes wrong with the database of a running agent: it is said once, costs history alone, and heals.
    @Suite("Agent, when its database fails", .needs(.nodes))
    struct StoreFaultTests {
        private static let folder = "/var/lib/agent"

        /// A node whose database lies in a file system of its own, so small that it can be filled.
        private func node(_ options: String = "size=2m") throws -> Node {
            let node = try Lab(nodes: ["only"]).nodes[0]
            try node.shell("mkdir -p $1; mount -t tmpfs -o $2 none $1", Self.folder, options)
            return node
        }

        private func hasFault(_ agent: WatchedAgent) -> Bool { agent.status?["store.fault"] != nil }

        @Test func aFullDiskIsSaidOnceAndNothingIsMissing() throws {
            let agent = try WatchedAgent(on: node())
            try agent.talk(20)
            try agent.wait("they are remembered") { try agent.remembered >= 20 }
            try agent.node.shell("dd if=/dev/zero of=$1/rest bs=4096 2>/dev/null || true", Self.folder)
            try agent.wait("it is full") {
                try agent.talk(50)
                return hasFault(agent)
            }
            let seen = Int(agent.status?["capture.packets"] ?? "") ?? 0
            try agent.talk(100)
            // Several attempts later.
            try agent.wait("capture goes on") { (Int(agent.status?["capture.packets"] ?? "") ?? 0) >= seen + 500 }
            try agent.wait("records wait") { (Int(agent.status?["store.waiting"] ?? "") ?? 0) >= 100 }
            #expect(agent.said("no room for the database") == 1)
            try agent.node.output(of: "rm", "\(Self.folder)/rest")
            try agent.wait("it heals") { !hasFault(agent) }
            try agent.wait("all is there") { try agent.remembered >= 170 }
            // What it says it says within a second.
            try agent.wait("it says so") { agent.said("takes records again; nothing is missing") == 1 }
            #expect(agent.said("no room for the database") == 1)
            #expect(agent.status?["store.lost"] == "0")
            #expect(agent.running.stop().status == 0)
            #expect(try agent.rows("PRAGMA integrity_check") == ["ok"])
        }

        @Test func aReadOnlyFileSystemIsNoReasonNotToStart() throws {
            let agent = try WatchedAgent(on: node("ro"))
            #expect(hasFault(agent))
            #expect(agent.said("its file system or file is read-only") == 1)
            try agent.talk(20)
            #expect(try agent.code("/v1/graph") == "200")
            #expect(try agent.code("/v1/flows") == "503")
            try agent.node.output(of: "mount", "-o", "remount,rw", Self.folder)
            try agent.wait("it heals") { !hasFault(agent) }
            try agent.wait("all is there") { try agent.remembered == 20 }
            // What it says it says within a second.
            try agent.wait("it says so") { agent.said("takes records again; nothing is missing") == 1 }
            #expect(agent.running.stop().status == 0)
        }

        /// The kernel makes no file system read-only in which a file is written to: one that is comes in its place.
        @Test func itsFolderIsReadOnlyForAWhile() throws {
            let agent = try WatchedAgent(on: node())
            try agent.talk(20)
            try agent.wait("they are remembered") { try agent.remembered == 20 }
            try agent.node.shell("mount -t tmpfs -o ro none $1", Self.folder)
            try agent.wait("it is said") { agent.said("its file system or file is read-only") == 1 }
            try agent.talk(20)
            try agent.node.output(of: "umount", Self.folder)
            try agent.wait("it heals") { !hasFault(agent) }
            try agent.wait("all is there") { try agent.remembered == 40 }
            #expect(agent.running.stop().status == 0)
            // It was the same agent all the time, and each connection is there once.
            #expect(try agent.rows("SELECT reason FROM gaps").isEmpty)
            #expect(try agent.rows("SELECT count(*) FROM flows WHERE protocol = 6") == ["40"])
        }

        @Test func itsFileIsDeleted() throws {
            let agent = try WatchedAgent(on: node())
            try agent.talk(20)
            try agent.wait("they are remembered") { try agent.remembered == 20 }
            try agent.node.output(of: "rm", agent.database)
            try agent.wait("it is said") { agent.said("was replaced or taken away") == 1 }
            try agent.talk(30)
            try agent.wait("a new one is begun") { agent.said("takes records again") == 1 }
            try agent.wait("it remembers") { try agent.remembered >= 30 }
            #expect(agent.running.stop().status == 0)
            #expect(try agent.rows("PRAGMA integrity_check") == ["ok"])
        }

        @Test func anOlderCopyComesInItsPlace() throws {
            let agent = try WatchedAgent(on: node())
            try agent.talk(20)
            try agent.wait("they are remembered") { try agent.remembered == 20 }
            // As a backup is made.
            let copy = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))"
            try agent.node.output(of: "/usr/bin/python3", "-c", copy, agent.database, "\(Self.folder)/copy")
            try agent.talk(20)
            try agent.wait("they are remembered") { try agent.remembered == 40 }
            try agent.node.output(of: "mv", "\(Self.folder)/copy", agent.database)
            try agent.wait("it is said") { agent.said("was replaced or taken away") == 1 }
            try agent.wait("it goes on with that") { agent.said("takes records again") == 1 }
            try agent.talk(20)
            try agent.wait("it remembers") { try agent.remembered >= 40 }
            #expect(agent.running.stop().status == 0)
            #expect(try agent.rows("PRAGMA integrity_check") == ["ok"])
            // Nobody was killed; what was written after the copy is what is missing.
            #expect(try agent.rows("SELECT reason FROM gaps") == ["store"])
        }

        @Test func aDamagedOneIsSetAside() throws {
            let node = try node()
            try node.shell("head -c 200000 /dev/zero | tr '\\0' x >$1/portolan.db", Self.folder)
            let agent = try WatchedAgent(on: node)
            try agent.wait("it is said") { agent.said("is damaged") == 1 }
            let aside = try node.shell("ls $1 | grep damaged-", Self.folder)
            #expect(try node.shell("wc -c <$1", "\(Self.folder)/\(aside)") == "200000")
            #expect(agent.said(aside) == 1)
            try agent.talk(20)
            try agent.wait("it remembers") { try agent.remembered == 20 }
            #expect(agent.running.stop().status == 0)
        }

        @Test func aSecondAgentIsRefusedIt() throws {
            let agent = try WatchedAgent(on: node())
            let second = try agent.node.runPortolan("run", "--socket", "/run/other.sock", "--database", agent.database)
            #expect(second.status == 1)
            let lines = second.errors.split(separator: "\n")
            #expect(lines.count == 1 && second.errors.contains("is in use by another agent"), "\(second.errors)")
            #expect(try agent.node.run("test", "-e", "/run/other.sock").status == 1)
            try agent.talk(20)
            try agent.wait("the first goes on") { try agent.remembered == 20 }
            #expect(agent.running.stop().status == 0)
        }
    }
}
