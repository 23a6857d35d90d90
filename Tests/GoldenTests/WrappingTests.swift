import Foundation
import Support
import Testing

@Suite("Wrapping") struct WrappingTests {
    /// IPv4 and IPv6, TCP, UDP, ICMP, and datagrams in fragments.
    @Test(.enabled(if: SharedCaptures.areAvailable, "no captures at PORTOLAN_CAPTURES"), arguments: Wrapping.all)
    func changesNoFlow(wrapping: Wrapping) throws {
        let name = "lab/lab_vxlan8472_v4_inner.pcap"
        let table = try FlowTableFile(SharedCaptures.folder.appending(path: "expected/\(name).flows.tsv"))
        let wrapped = try wrapping.write(SharedCaptures.folder.appending(path: name))
        defer { try? FileManager.default.removeItem(atPath: wrapped) }
        let expected = try table.lines.map { try weigh($0, wrapping) }
        #expect(try ReplayedCapture.table(wrapped) == expected)
    }

    /// The line of a table after so many bytes were added to each of its IPv6 packets.
    private func weigh(_ line: String, _ wrapping: Wrapping) throws -> String {
        var fields = line.split(separator: "\t").map(String.init)
        guard fields[1].contains(":") else { return line }
        let packets = try #require(UInt64(fields[5]))
        let bytes = try #require(UInt64(fields[6]))
        fields[6] = String(bytes + packets * wrapping.addedToIPv6)
        return fields.joined(separator: "\t")
    }
}
