import Flows
import Foundation
import GRDB
import Records
import Testing

@testable import Store

/// What goes wrong with files is said, and corrupts nothing.
@Suite("Faults of the store")
struct StoreFaultTests {
    @Test func aFullDatabaseKeepsWhatItHas() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        try writer.write([SampleFlow.record(1)])
        let pages = try store.fillDisk()
        #expect(throws: StoreError.full(path: folder.path)) {
            try writer.write((2...5000).map { SampleFlow.record($0, identities: SampleFlow.identities("c\($0)")) })
        }
        #expect(try store.flows(FlowQuery()).records.map(\.identifier.bits) == [1])
        try store.makeRoom(beyond: pages)
        // Numbers of parts that were given in vain are not used.
        try writer.write([SampleFlow.record(2, identities: SampleFlow.identities("c2"))])
        #expect(try store.flows(FlowQuery()).records.map(\.identifier.bits) == [1, 2])
        #expect(try store.condition() == .sound)
    }

    @Test func aFileThatIsNoDatabaseIsDamaged() throws {
        let folder = try StoreFolder()
        try Data(
            "no database, but long enough for a header of one hundred bytes".utf8 + Array(repeating: 7, count: 200)
        )
        .write(to: URL(fileURLWithPath: folder.path))
        #expect {
            try Store(path: folder.path)
        } throws: { error in
            if case .damaged = error as? StoreError { true } else { false }
        }
        let place = try Store.setAside(folder.path, at: 17)
        #expect(place == folder.path + ".damaged-17")
        #expect(FileManager.default.fileExists(atPath: place))
        #expect(try Store(path: folder.path).flows(FlowQuery()).records.isEmpty)
    }

    @Test func damageInsideIsFound() throws {
        let folder = try StoreFolder()
        do {
            let (store, writer) = try folder.open()
            try writer.write((1...2000).map { SampleFlow.record($0) })
            #expect(try store.condition() == .sound)
            _ = try store.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path))
        // Pages of the table, but not the first, which has the schema.
        try file.seek(toOffset: 4096 * 20)
        try file.write(contentsOf: Data(repeating: 0xa5, count: 4096 * 3))
        try file.close()
        let store = try Store(path: folder.path)
        guard case .damaged = try store.condition() else {
            Issue.record("damage was not found")
            return
        }
    }

    @Test func aFileThatTookItsPlaceIsSeen() throws {
        let folder = try StoreFolder()
        let (store, _) = try folder.open()
        #expect(store.isInPlace)
        try FileManager.default.moveItem(atPath: folder.path, toPath: folder.path + ".old")
        #expect(!store.isInPlace)
        try Data().write(to: URL(fileURLWithPath: folder.path))
        #expect(!store.isInPlace)
    }

    @Test func aFolderThatIsNotThereIsSaid() {
        #expect(throws: StoreError.file(path: "/nonexistent/x.db", code: ENOENT)) {
            try Store(path: "/nonexistent/x.db")
        }
        #expect(throws: StoreError.file(path: "/nonexistent/x.db", code: ENOENT)) {
            try Store(reading: "/nonexistent/x.db")
        }
    }

    @Test(arguments: [
        StoreError.inUse(path: "/p"), .newer(path: "/p"), .damaged(path: "/p", what: "w"), .replaced(path: "/p"),
        .full(path: "/p"), .readOnly(path: "/p"), .file(path: "/p", code: EACCES),
        .system(path: "/p", code: 1, what: "w"),
    ]) func errorsAreOneLineThatNamesTheFile(error: StoreError) {
        #expect(error.description.contains("/p"))
        #expect(!error.description.contains("\n"))
    }
}
