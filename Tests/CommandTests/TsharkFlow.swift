import Foundation
import Support

/// A flow of a capture as tshark sees it, from the table beside the capture. It does not say which end began.
struct TsharkFlow {
    /// As IANA registers them.
    var protocolNumber: String
    var ends: [(address: String, port: String)]
    var packets: UInt64
    var bytes: UInt64

    /// All of a table.
    static func all(of table: String) throws -> [Self] {
        let file = SharedCaptures.own.appendingPathComponent(table)
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            let cells = line.split(separator: "\t").map(String.init)
            let numbers = ["icmp": "1", "icmpv6": "58", "tcp": "6", "udp": "17"]
            return Self(
                protocolNumber: numbers[cells[0]] ?? cells[0],
                ends: [(cells[1], cells[2]), (cells[3], cells[4])],
                packets: UInt64(cells[5]) ?? 0,
                bytes: UInt64(cells[6]) ?? 0
            )
        }
    }

    func has(_ isSo: ((address: String, port: String)) -> Bool) -> Bool { ends.contains(where: isSo) }
}
