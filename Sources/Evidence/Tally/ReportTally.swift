package import Addressing
package import Containers
package import Records

/// Takes the records of a period, in any order, and makes the report of them.
package struct ReportTally {
    private(set) var commands: EvidenceCommands
    private(set) var flows = FlowTally()
    private(set) var findings = FindingTally()
    private(set) var host = HostTally()
    private(set) var blocks: [BlockRecord] = []
    /// Blocks of the period that there was no room for.
    private(set) var blocksLeftOut: UInt64 = 0
    private(set) var gaps: [String: GapCount] = [:]
    /// What a capture or an agent says of all packets; nil where nobody says anything.
    package var losses: Losses?
    /// Whether blocks are kept at all; gaps are then, too.
    package var hasMemory = true
    /// What the reader has to know of the source, a sentence each.
    package var remarks: [String] = []

    /// Packets of the whole source, and those of them that were lost; nil is not known.
    package struct Losses: Hashable, Sendable {
        package var packets: UInt64?
        package var dropped: UInt64?

        package init(packets: UInt64?, dropped: UInt64?) {
            self.packets = packets
            self.dropped = dropped
        }
    }

    struct GapCount: Hashable {
        var count: UInt64 = 0
        /// Nil where one of them does not know.
        var dropped: UInt64? = 0
        /// Nanoseconds, of those that say when they began.
        var length: UInt64 = 0
    }

    /// Blocks that are told; of what is more the number is.
    static var blockLimit: Int { 4096 }
    private static var reasonLimit: Int { 32 }

    package init(_ source: EvidenceSource, _ span: ReportSpan) {
        commands = EvidenceCommands(source: source, span: span)
    }

    /// What it is a report of: known for a capture only when that was read, and to be set before entries of a journal are taken.
    package var span: ReportSpan {
        get { commands.span }
        set { commands.span = newValue }
    }

    package mutating func take(_ record: FlowRecord) { flows.take(record) }

    package mutating func take(_ record: AlertRecord) { findings.take(record) }

    package mutating func take(_ entry: JournalEntry) { host.take(entry, since: commands.span.since) }

    /// Takes a block; one that was over before the period, or began after it, is none of it.
    package mutating func take(_ record: BlockRecord) {
        guard record.from <= commands.span.until, record.ended.map({ $0 >= commands.span.since }) ?? true else {
            return
        }
        if blocks.count < Self.blockLimit { blocks.append(record) } else { blocksLeftOut &+= 1 }
    }

    package mutating func take(_ gap: ReportGap) {
        guard gaps[gap.reason] != nil || gaps.count < Self.reasonLimit else { return }
        var count = gaps[gap.reason] ?? GapCount()
        count.count &+= 1
        count.dropped = count.dropped.flatMap { sum in (gap.dropped ?? gap.records).map { sum &+ $0 } }
        if let since = gap.since, since < gap.time {
            count.length &+= UInt64(clamping: gap.time.nanoseconds &- since.nanoseconds)
        }
        gaps[gap.reason] = count
    }

    /// The report. `hostName` is what the source calls the host, where the journal does not.
    package func report(made: Timestamp, version: String, hostName: String?) -> Report {
        Report(
            made: made,
            version: version,
            hostName: host.names.last ?? hostName,
            source: commands.source,
            span: commands.span,
            sections: [
                surfaces, flowSection, crossings, scans, destinations, listeners, rogueContainers, hosts, consumption,
                otherFindings, blockSection, blindSpots, lossSection,
            ]
        )
    }
}
