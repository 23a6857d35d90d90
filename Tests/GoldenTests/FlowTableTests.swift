import Foundation
import Support
import Testing

/// Flow tables that tshark made of the same captures: it shares no code with our decoders.
@Suite("Flow tables") struct FlowTableTests {
    private static let exceptions = try? TableExceptions(
        SharedCaptures.project.appending(path: "Docs/Exceptions.md")
    )

    /// The captures that lie outside the project, by category and name.
    private static let shared = names(below: SharedCaptures.folder.appending(path: "expected"))

    private static let own = names(below: SharedCaptures.own)

    /// The captures that have a table below a folder.
    private static func names(below folder: URL) -> [String] {
        let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return found.filter { $0.hasSuffix(".flows.tsv") }.map { String($0.dropLast(10)) }.sorted()
    }

    @Test(.enabled(if: SharedCaptures.areAvailable, "no captures at PORTOLAN_CAPTURES"), arguments: shared)
    func everyCaptureGivesTheFlowsOfItsTable(name: String) throws {
        let exceptions = try #require(Self.exceptions)
        let folder = SharedCaptures.folder
        let table = try FlowTableFile(folder.appending(path: "expected/\(name).flows.tsv"))
        let expected = try exceptions.correct(table.lines, of: name)
        #expect(try ReplayedCapture.table(folder.appending(path: name).path) == expected)
    }

    @Test(.enabled(if: SharedCaptures.areAvailable, "no captures at PORTOLAN_CAPTURES"))
    func knowsAllOfThem() throws {
        #expect(Self.shared.count >= 253)
        let exceptions = try #require(Self.exceptions)
        #expect(Set(exceptions.captures).subtracting(Self.shared).isEmpty)
    }

    @Test(arguments: own) func ourOwnCapturesGiveTheFlowsOfTheirTables(name: String) throws {
        let folder = SharedCaptures.own
        let capture = ["pcap", "pcapng"].map { folder.appending(path: "\(name).\($0)") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
        let table = try FlowTableFile(folder.appending(path: "\(name).flows.tsv"))
        #expect(!table.lines.isEmpty)
        #expect(!capture.isEmpty)
        for file in capture { #expect(try ReplayedCapture.table(file.path) == table.lines) }
    }

    @Test func hasCapturesOfItsOwn() {
        #expect(Self.own.count >= 4)
    }

    @Test func keepsTenantsWithTheSameAddressesApart() throws {
        let folder = SharedCaptures.own.appending(path: "tenants")
        let table = try FlowTableFile(folder.appending(path: "tenants.vni.tsv"))
        let found = try ReplayedCapture.table(folder.appending(path: "tenants.pcap").path, bySegment: true)
        // ARP in a tunnel counts for the flow between the tunnel's ends, which is in no segment itself.
        let isInside = { (line: String) in line.contains("\t10.0.0.") }
        #expect(found.filter(isInside) == table.lines.filter(isInside))
        #expect(found.filter(isInside).count == 4)
        #expect(found.filter { !isInside($0) }.allSatisfy { $0.hasSuffix("\t2\t156\t-") })
        #expect(found.count == 6)
    }
}
