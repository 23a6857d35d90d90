import Foundation
import Support
import Testing

/// `Docs/Architecture.md` draws the rooms; the manifest and the sources must agree with it.
@Suite("Architecture")
struct ArchitectureTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: SharedCaptures.project.appendingPathComponent(path), encoding: .utf8)
    }

    /// What the table of rooms allows each to import, in the order of the table.
    private static func rooms() throws -> [(name: String, imports: Set<String>)] {
        try text("Docs/Architecture.md").matches(of: /(?m)^\| `(\w+)` \|([^|]*)\|/).map { row in
            (String(row.1), Set(row.2.matches(of: /`(\w+)`/).map { String($0.1) }))
        }
    }

    /// Targets of the manifest, and what each depends on.
    private static func targets() throws -> [String: Set<String>] {
        let manifest = try text("Package.swift")
        var targets: [String: Set<String>] = [:]
        let starts = manifest.matches(of: /\.(systemLibrary|target|executableTarget)\(\s*name: "(\w+)"/)
        for start in starts {
            let rest = manifest[start.range.upperBound...]
            // Up to the next target, whatever kind it is.
            let end = rest.firstMatch(of: /\.(systemLibrary|target|executableTarget|testTarget)\(/)?.range.lowerBound
            let body = rest[..<(end ?? rest.endIndex)]
            let list = body.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.1 ?? ""
            let names = list.replacing(/package: "[^"]*"/, with: "").matches(of: /"(\w+)"/).map { String($0.1) }
            targets[String(start.2)] = Set(names)
        }
        // These exist for the tests only.
        let ofTests = [
            "Support", "AllocationCount", "KernelCalls", "TerminalDriver", "LayoutDriver", "FuzzTargets",
            "LiveDriver", "StoreDriver", "ChartDriver",
        ]
        for name in ofTests { targets[name] = nil }
        return targets
    }

    /// Modules that come with the toolchain.
    private static let system: Set<String> = ["Glibc", "Swift", "Synchronization", "Dispatch"]

    /// Rooms that read others' JSON may have the toolchain's reader.
    private static let readers: Set<String> = ["Runtimes"]

    @Test func theTableIsTheManifest() throws {
        let rooms = try Self.rooms()
        let targets = try Self.targets()
        #expect(rooms.count > 8)
        #expect(Set(rooms.map(\.name)) == Set(targets.keys))
        for room in rooms { #expect(room.imports == targets[room.name], "\(room.name)") }
    }

    @Test func everyRoomImportsOnlyFromRowsAbove() throws {
        var above: Set<String> = [
            "ArgumentParser", "NIOCore", "NIOPosix", "NIOHTTP1", "GRPCCore", "GRPCNIOTransportHTTP2Posix",
            "SwiftProtobuf", "Yams", "Crypto", "GRDB", "GRDBSQLite", "Logging",
        ]
        for room in try Self.rooms() {
            #expect(room.imports.isSubset(of: above), "\(room.name) imports \(room.imports.subtracting(above))")
            above.insert(room.name)
        }
    }

    @Test func sourcesImportOnlyWhatTheTableAllows() throws {
        for room in try Self.rooms() {
            let folder = SharedCaptures.project.appendingPathComponent("Sources/\(room.name)")
            let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            var seen = 0
            for case let file as URL in files where file.pathExtension == "swift" {
                seen += 1
                let imports = try String(contentsOf: file, encoding: .utf8)
                    .matches(of: /(?m)^(?:@\w+ )*(?:(?:public|package|internal|private|fileprivate) )?import (\w+)/)
                    .map { String($0.1) }
                let strange = Set(imports).subtracting(room.imports).subtracting(Self.system)
                    .subtracting(Self.readers.contains(room.name) ? ["FoundationEssentials"] : [])
                #expect(strange.isEmpty, "\(file.lastPathComponent) in \(room.name) imports \(strange)")
            }
            #expect(seen > 0 || room.name.hasPrefix("C"), "\(room.name) is empty")
        }
    }

    @Test func onlyRoomsThatTouchTheSystemImportIt() throws {
        for room in ["Addressing", "Wire", "Flows", "Names", "Records", "Pipeline"] {
            let folder = SharedCaptures.project.appendingPathComponent("Sources/\(room)")
            let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            for case let file as URL in files where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(
                    !text.contains("import Glibc") && !text.contains("import Foundation"),
                    "\(file.lastPathComponent)"
                )
            }
        }
    }

    /// The table of bounds quotes the line of the source that sets each.
    @Test func everyBoundStandsWhereTheTableSays() throws {
        let bounds = try Self.text("Docs/Architecture.md").matches(of: /(?m)^\|.*\| `(Sources\/[^`]+)`: `([^`]+)` \|$/)
        #expect(bounds.count > 12)
        for bound in bounds {
            let source = try Self.text(String(bound.1))
            #expect(source.contains(bound.2), "\(bound.1) has no \(bound.2)")
        }
    }
}
