import Addressing
import Foundation
import Support

/// A capture in which every name is an attacker's, and the journal of the host it is of.
///
/// For each name a container that has it, as have its image, its labels, its owner and its interface; which scans the next one, asks for a
/// name in DNS, and says it as the server that it wants; and an outside address that the capture's own name resolution calls so.
struct HostileHost: Sendable {
    private let folder: ScratchFolder
    var capture: String { folder.path("capture.pcapng").path }
    var journal: String { folder.path("journal.jsonl").path }

    private static let names = HostileNames.all.map(\.name)
    private static let start: UInt64 = 1_763_756_000_000_000

    init() throws {
        folder = try ScratchFolder()
        var frames: [CaptureBytes.Frame] = []
        for index in Self.names.indices {
            let began = Self.start + UInt64(index) * 2_000_000
            for (number, bytes) in Self.frames(of: index).enumerated() {
                frames.append(CaptureBytes.Frame(time: began + UInt64(number) * 1000, bytes: bytes))
            }
        }
        let resolved = Self.names.indices.map { (address: [198, 51, 100, UInt8($0)], name: Self.names[$0]) }
        let bytes = CaptureBytes(frames).pcapng(names: resolved, first: true, interface: Self.names[0])
        _ = try folder.write(bytes, as: "capture.pcapng")
        var lines = try Self.line("host", ["host": ["name": Self.names[4], "netns": 1000]])
        for index in Self.names.indices { lines += try Self.lines(of: index) }
        _ = try folder.write(lines.utf8, as: "journal.jsonl")
    }

    /// Whether nothing was made in its folder.
    var isUntouched: Bool {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)) ?? []
        return Set(files) == ["capture.pcapng", "journal.jsonl"]
    }

    private static func lines(of index: Int) throws -> String {
        let name = names[index]
        let container: [String: Any] = [
            "id": String(repeating: "\(index % 10)", count: 62) + (index < 10 ? "0" : "") + "\(index)", "generation": 1,
            "netns": 2000 + index, "name": name, "image": ["name": name], "labels": ["app": name, name: "x"],
            "creator": name, "owner": name, "role": name, "pod": name, "namespace": name,
        ]
        let outside: [String: Any] = ["ifindex": 100 + index, "netns": 1000]
        let inside: [String: Any] = ["ifindex": 2, "netns": 2000 + index]
        let address = ["ip": "\(host(index))", "prefix_length": 24] as [String: Any]
        return try line("container", ["container": container])
            + line("interface", ["interface": outside.merging(["name": name, "kind": "veth", "peer": inside]) { $1 }])
            + line("interface", ["interface": inside.merging(["name": name, "kind": "veth", "peer": outside]) { $1 }])
            + line("address", ["interface": inside.merging(address) { $1 }])
    }

    private static func line(_ change: String, _ rest: [String: Any]) throws -> String {
        let record: [String: Any] = [
            "@timestamp": "2025-11-21T20:00:00Z", "event": ["kind": "state"], "portolan": ["change": change],
        ]
        let data = try JSONSerialization.data(withJSONObject: record.merging(rest) { $1 })
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private static func host(_ index: Int) -> IPAddress { .v4(IPv4Address(bits: 0x0a42_0001 + UInt32(index))) }

    private static func frames(of index: Int) -> [[UInt8]] {
        let (own, next) = (host(index), host((index + 1) % names.count))
        let server = IPAddress.v4(IPv4Address(bits: 0xcb00_7100 + UInt32(index)))
        let named = IPAddress.v4(IPv4Address(bits: 0xc633_6400 + UInt32(index)))
        var frames: [[UInt8]] = []
        for port in UInt16(1)...20 {
            frames.append(PacketBuilder.segment(from: own, 40_000, to: next, port, "S"))
            frames.append(PacketBuilder.segment(from: next, port, to: own, 40_000, "RA", acknowledgment: 2))
        }
        let name = Array(names[index].utf8.prefix(63))
        let answer = dnsAnswer(name, [203, 0, 113, UInt8(index)])
        let resolver = IPAddress.v4(IPv4Address(bits: 0x0a42_00fe))
        frames.append(PacketBuilder.datagram(from: own, 50_000, to: resolver, 53, Array(answer.question)))
        frames.append(PacketBuilder.datagram(from: resolver, 53, to: own, 50_000, answer.answer))
        for (target, port) in [(server, UInt16(443)), (named, 8443)] {
            frames.append(PacketBuilder.segment(from: own, 41_000, to: target, port, "S"))
            frames.append(PacketBuilder.segment(from: target, port, to: own, 41_000, "SA", acknowledgment: 2))
            let hello = clientHello(Array(names[index].utf8.prefix(255)))
            frames.append(
                PacketBuilder.segment(from: own, 41_000, to: target, port, "PA", hello, sequence: 2, acknowledgment: 2)
            )
        }
        return frames
    }

    /// RFC 1035: a question, and an answer of one address. The name is one label.
    private static func dnsAnswer(_ label: [UInt8], _ address: [UInt8]) -> (question: [UInt8], answer: [UInt8]) {
        let name = [UInt8(label.count)] + label + [0]
        let question = name + [0, 1, 0, 1]
        let record: [UInt8] = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4] + address
        return (
            [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + question,
            [0, 7, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0] + question + record
        )
    }

    /// RFC 8446, 4.1.2, with the server's name of RFC 6066 and nothing else.
    private static func clientHello(_ name: [UInt8]) -> [UInt8] {
        func prefixed(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
            PacketBuilder.octets(UInt64(bytes.count), count: count) + bytes
        }
        let list = prefixed([0] + prefixed(name, 2), 2)
        let extensions = prefixed([0, 0] + prefixed(list, 2), 2)
        let body: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 2, 0x13, 1, 1, 0] + extensions
        return [22, 3, 1] + prefixed([1] + prefixed(body, 3), 2)
    }
}
