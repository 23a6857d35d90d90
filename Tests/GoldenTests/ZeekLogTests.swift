import Flows
import Foundation
import Records
import Support
import Testing

/// TCP connections as Zeek summed them up, in the logs it publishes with its captures.
@Suite("Zeek's connection logs") struct ZeekLogTests {
    /// Collects what connections came to, in Zeek's words, by their ends.
    private final class Connections: RecordSink {
        private(set) var seen: [String: Set<String>] = [:]

        func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
            guard action == .ended, flow.protocolNumber == 6 else { return }
            let ends = "\(flow.source) \(flow.sourcePort) \(flow.destination) \(flow.destinationPort)"
            seen[ends, default: []].insert("\(flow.connectionState.rawValue) \(flow.history)")
        }

        func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
    }

    private static var truth: URL { SharedCaptures.folder.appending(path: "truth") }

    /// Logs that have all columns.
    private static let logs: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: truth.path)) ?? []
        return names.filter { $0.hasSuffix(".log") && $0.contains("conn") }.sorted()
    }()

    /// Rows that differ for a reason that `Docs/ConnectionStates.md` gives.
    private static let exceptions: Set<String> = [
        // Zeek ends a closed connection after its own delays, so that what comes later is another.
        "192.168.2.16 1576 75.126.130.163 80 SHR ^fA",
        "192.168.2.16 1577 75.126.203.78 80 SHR ^fA",
        "192.168.2.16 1577 75.126.203.78 80 SH Fa",
        "192.168.2.16 1576 75.126.130.163 80 OTH R",
        // Teredo between two ports that are not its own.
        "2001:0:4137:9e50:8000:f12a:b9c8:2815 1286 2001:4860:0:2001::68 80 S1 ShADad",
        // Made to end every connection before its time.
        "10.0.0.1 51889 192.168.0.1 80 OTH Da",
        "10.0.0.1 51889 192.168.0.1 80 OTH D",
    ]

    /// The capture a log was made of: its name begins the log's.
    private static func capture(of log: String) -> URL? {
        let files = FileManager.default.enumerator(at: SharedCaptures.folder, includingPropertiesForKeys: nil)
        for case let file as URL in files ?? .init() where log.hasPrefix(file.lastPathComponent + ".") {
            if ["pcap", "pcapng"].contains(file.pathExtension) { return file }
        }
        return nil
    }

    /// The TCP rows of a log, as ends, state and history; nil when it lacks a column.
    private static func rows(of log: String) throws -> [(ends: String, summary: String)]? {
        let text = try String(contentsOf: truth.appending(path: log), encoding: .utf8)
        let lines = text.split(separator: "\n")
        guard let header = lines.first(where: { $0.hasPrefix("#fields") }) else { return nil }
        let fields = header.split(separator: "\t").dropFirst().map(String.init)
        let wanted = ["id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto", "conn_state", "history"]
        let columns = wanted.compactMap { fields.firstIndex(of: $0) }
        guard columns.count == wanted.count else { return nil }
        return lines.filter { !$0.hasPrefix("#") }.compactMap { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let row = columns.map { cells[$0] }
            return row[4] == "tcp" ? (row[..<4].joined(separator: " "), "\(row[5]) \(row[6])") : nil
        }
    }

    @Test(.enabled(if: SharedCaptures.areAvailable, "no captures at PORTOLAN_CAPTURES"))
    func agreeOnEveryConnection() throws {
        var compared = 0
        for log in Self.logs {
            guard let rows = try Self.rows(of: log), !rows.isEmpty, let file = Self.capture(of: log) else { continue }
            let connections = Connections()
            _ = try ReplayedCapture.read(file.path, into: connections)
            for row in rows where !Self.exceptions.contains("\(row.ends) \(row.summary)") {
                compared += 1
                #expect(connections.seen[row.ends]?.contains(row.summary) == true, "\(log): \(row)")
            }
        }
        #expect(compared >= 26)
    }
}
