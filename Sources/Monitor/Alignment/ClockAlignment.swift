import Addressing
package import Capture
import Glibc
package import Records
package import Wire

/// Compares the clocks of captures of several hosts, by the packets that they have in common.
///
/// Reads all files once, and keeps of the first as much as `SightingTable` holds. Every file is compared with the first.
package struct ClockAlignment {
    /// One for each file but the first.
    package private(set) var clocks: [CaptureClock] = []
    /// What sets right the times of the files in which something was found, by their paths.
    package private(set) var shifts: [String: ClockShift] = [:]
    private let ports: TunnelPorts

    /// Throws `CaptureError`, `RecordingMixture` or `AlignmentFailure`.
    package init(paths: [String], ports: TunnelPorts = TunnelPorts()) throws {
        self.ports = ports
        guard let standard = paths.first else { return }
        for path in paths where RecordingParts.size(path) == nil { throw AlignmentFailure.notAFile(path) }
        guard try !RecordingParts(paths).isRecording else { throw AlignmentFailure.recording(standard) }
        var seen = SightingTable()
        let slack = try read(standard) { seen.add($0, at: $1, point: $2) }
        for path in paths.dropFirst() { try compare(path, with: standard, seen, slack) }
    }

    private mutating func compare(
        _ path: String,
        with standard: String,
        _ seen: SightingTable,
        _ slack: Int64
    ) throws(CaptureError) {
        var common = SightingTable()
        let own = try read(path) { mark, time, point in
            if seen.sightings[mark] != nil { common.add(mark, at: time, point: point) }
        }
        let matches = common.sightings.compactMap { mark, here in
            seen.sightings[mark].flatMap { ClockMatch(mark, there: $0, here: here, slack: max(slack, own)) }
        }
        let fit = ClockFit(matches)
        shifts[path] = fit.shift
        clocks.append(CaptureClock(file: path, standard: standard, packets: matches.count, finding: fit.finding))
    }

    /// Hands over the marks of a file's packets, when each passed, and where; returns the unit of its times, in nanoseconds.
    private func read(_ path: String, _ body: (PacketMark, Int64, UInt16) -> Void) throws(CaptureError) -> Int64 {
        var reader = try CaptureFileReader(path: path)
        var dissector = Dissector(ports: ports)
        var packets = PacketBatch()
        while try reader.advance() {
            let batch = reader.batch
            dissector.dissect(batch, into: &packets)
            for index in 0..<packets.count {
                let (packet, frame) = (packets[index], batch.frames[index])
                guard let mark = PacketMark(packet, in: batch.bytes(of: frame)) else { continue }
                body(mark, frame.time.nanoseconds, Self.point(packet, frame.interface))
            }
        }
        let digits = reader.interfaces.map(\.timestampDigits).min() ?? 9
        return (0..<max(9 - digits, 0)).reduce(into: 1) { unit, _ in unit *= 10 }
    }

    /// Where a frame was seen, as a number that the interfaces of one host hardly share.
    private static func point(_ packet: Packet, _ interface: UInt32) -> UInt16 {
        let place = packet.interfaceIndex << 2 | UInt32(packet.direction.rawValue)
        return UInt16(truncatingIfNeeded: place &+ interface &* 40_503)
    }
}

/// Why clocks cannot be compared. Renders as one line.
package enum AlignmentFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case notAFile(String)
    case recording(String)

    package var description: String {
        switch self {
        case .notAFile(let path): "cannot read \(path) twice, as comparing clocks takes; give a file, not a pipe"
        case .recording(let path):
            "\(path) is a recording of portolan record, which is read in its own order; compare clocks of captures"
        }
    }
}
