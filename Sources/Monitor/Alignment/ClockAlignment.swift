import Addressing
package import Capture
package import Records
package import Wire

/// Compares the clocks of captures of several hosts, by the packets that they have in common.
///
/// Every file is compared with the first, and where that tells nothing with those that are set right already: two hosts may have no
/// packet in common, and each some with a third. Files are read as often as that takes; of one at a time as much is kept as
/// `SightingTable` holds, twice.
package struct ClockAlignment {
    /// One for each file but the first, in their order.
    package private(set) var clocks: [CaptureClock] = []
    /// What sets right the times of the files in which something was found, by their paths.
    package private(set) var shifts: [String: ClockShift] = [:]
    private let ports: TunnelPorts

    /// A file whose times are right, give or take so many nanoseconds.
    private struct Standard {
        var path: String
        var uncertainty: Int64 = 0
    }

    /// Throws `CaptureError`, `RecordingMixture` or `AlignmentFailure`.
    package init(paths: [String], ports: TunnelPorts = TunnelPorts()) throws {
        self.ports = ports
        guard let first = paths.first else { return }
        for path in paths where RecordingParts.size(path) == nil { throw AlignmentFailure.notAFile(path) }
        guard try !RecordingParts(paths).isRecording else { throw AlignmentFailure.recording(first) }
        var found: [String: CaptureClock] = [:]
        var standards = [Standard(path: first)]
        var next = 0
        while next < standards.count, found.values.count(where: \.isFound) < paths.count - 1 {
            let standard = standards[next]
            next += 1
            let (seen, unit) = try sightings(in: standard.path)
            for path in paths.dropFirst() where !(found[path]?.isFound ?? false) {
                let (clock, shift) = try compare(path, with: standard, seen, unit, first)
                if let shift, case .found(_, let uncertainty, _) = clock.finding {
                    shifts[path] = shift
                    standards.append(Standard(path: path, uncertainty: uncertainty))
                } else if found[path] != nil {
                    // What the first file said of it is what is told.
                    continue
                }
                found[path] = clock
            }
        }
        clocks = paths.dropFirst().compactMap { found.removeValue(forKey: $0) }
    }

    /// The packets of a file, by the first file's clock, and the unit of its times.
    private func sightings(in path: String) throws(CaptureError) -> (SightingTable, unit: Int64) {
        var seen = SightingTable()
        let shift = shifts[path]
        let unit = try read(path) { mark, time, point in
            let time = shift?.corrected(Timestamp(nanoseconds: time)).nanoseconds ?? time
            seen.add(mark, at: time, point: point)
        }
        return (seen, unit)
    }

    private func compare(
        _ path: String,
        with standard: Standard,
        _ seen: SightingTable,
        _ unit: Int64,
        _ first: String
    ) throws(CaptureError) -> (CaptureClock, ClockShift?) {
        var common = SightingTable()
        let own = try read(path) { mark, time, point in
            if seen.sightings[mark] != nil { common.add(mark, at: time, point: point) }
        }
        let matches = common.sightings.compactMap { mark, here in
            seen.sightings[mark].flatMap { ClockMatch(mark, there: $0, here: here, slack: max(unit, own)) }
        }
        let fit = ClockFit(matches)
        var finding = fit.finding
        if case .found(let offset, let uncertainty, let drift) = finding {
            let sum = uncertainty.addingReportingOverflow(standard.uncertainty)
            finding = .found(offset: offset, uncertainty: sum.overflow ? .max : sum.partialValue, drift: drift)
        }
        var clock = CaptureClock(file: path, standard: first, packets: matches.count, finding: finding)
        if standard.path != first { clock.via = standard.path }
        return (clock, fit.shift)
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
