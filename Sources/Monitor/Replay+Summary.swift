import Capture
import Pipeline
package import Records
import Wire

/// What a replay came to.
extension Replay {
    /// Totals of what was read and concluded, and how the files ended.
    package var summary: CaptureSummary {
        var summary = pipeline.totals
        summary.filtered = isFiltered || outside > 0 ? capture.framesFiltered + outside : nil
        let interfaces = capture.interfaces
        summary.timestampDigits = interfaces.map(\.timestampDigits).max() ?? 9
        // Statistics of the whole capture say more than what packets say was lost just before them.
        summary.dropped =
            Self.sum(interfaces.map(\.dropped)) ?? Self.sum(capture.files.map(\.counts.lostBetweenPackets))
        summary.interfaceDropped = Self.sum(interfaces.map(\.droppedByInterface))
        summary.truncations = capture.files.compactMap { file in
            switch file.ending {
            case .truncated(let end), .malformed(let end): "\(file.path): \(end.description)"
            case .complete, nil: nil
            }
        }
        return summary
    }

    /// One line each for what a user should know about the files besides the summary.
    package var remarks: [String] {
        var lines: [String] = []
        for file in capture.files {
            switch file.ending {
            case .truncated(let end): lines.append("\(file.path) ends early: \(end.description); read up to there")
            case .malformed(let end): lines.append("\(file.path) is damaged: \(end.description); read up to there")
            case .complete, nil: break
            }
            if file.counts.unknownInterface > 0 {
                lines.append(
                    "\(file.path): \(file.counts.unknownInterface) packets name an interface that is not described; skipped"
                )
            }
            if file.counts.damagedBlocks > 0 {
                lines.append("\(file.path): \(file.counts.damagedBlocks) damaged blocks; skipped")
            }
            if file.counts.notesRefused > 0 {
                lines.append(
                    "\(file.path): \(file.counts.notesRefused) notes were more than is taken between two packets; who is who may be wrong after them"
                )
            }
        }
        lines += recordingRemarks
        let refusals = capture.filterRefusals
        for (linkType, reason) in refusals.sorted(by: { $0.key < $1.key }).prefix(Self.listed) {
            lines.append("the filter cannot be used on link type \(LinkTypeName.of(linkType)): \(reason)")
        }
        if refusals.count > Self.listed {
            lines.append("nor can it be used on \(refusals.count - Self.listed) further link types")
        }
        return lines
    }

    /// How many link types are named; a hostile file has all 65,536.
    private static var listed: Int { 8 }

    /// Why nothing at all could be read, when every frame is of a link type that is not known here.
    package var refusal: String? {
        let totals = pipeline.totals
        let unknown = totals.decode.unknownLinkTypes
        guard totals.frames > 0, unknown.values.reduce(0, +) == totals.frames else { return nil }
        let more = unknown.count > Self.listed ? " and \(unknown.count - Self.listed) further ones" : ""
        let names = unknown.keys.sorted().prefix(Self.listed).map { LinkTypeName.of($0) }.joined(separator: ", ") + more
        let what = unknown.count == 1 ? "link type \(names) is" : "link types \(names) are"
        return "no frame could be read: \(what) not known here; capture on an Ethernet or \"any\" interface"
    }

    /// Unknown as long as none of them is known. A file may claim any numbers: a sum past all numbers is the largest.
    private static func sum(_ values: [UInt64?]) -> UInt64? {
        values.compactMap { $0 }.reduce(nil) { sum, value in
            let (next, overflow) = (sum ?? 0).addingReportingOverflow(value)
            return overflow ? .max : next
        }
    }
}
