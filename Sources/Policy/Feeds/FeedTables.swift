package import Addressing
import Declarations

/// What all feeds of a policy have, ready to be asked for every new flow: one search, however many entries there are.
package struct FeedTables: Sendable {
    /// The feeds, in the order of the policy.
    package let feeds: [Feed]
    private let blocks: PrefixTable
    private let domains: DomainSuffixSet

    /// Without any feed.
    package init() {
        feeds = []
        blocks = PrefixTable()
        domains = DomainSuffixSet()
    }

    private init(feeds: [Feed], blocks: PrefixTable, domains: DomainSuffixSet) {
        self.feeds = feeds
        self.blocks = blocks
        self.domains = domains
    }

    /// Blocks of addresses and domains that are in it.
    package var count: Int { blocks.count + domains.count }

    /// The feed that has an address: that with the smallest block around it, and of several the first of the policy.
    package func feed(of address: IPAddress) -> Feed? {
        blocks.value(of: address).map { feeds[Int($0)] }
    }

    /// The feed that has a name or a domain it lies below: that with the longest, and of several the first of the policy.
    package func feed(of name: String) -> Feed? {
        domains.value(of: name).map { feeds[Int($0)] }
    }

    /// Reads the files of feeds. One that cannot be read, wholly or in part, does not keep the others from being read; the reports,
    /// one for each, say what was and what was not.
    package static func load(_ feeds: [Feed]) -> (tables: FeedTables, reports: [FeedReport]) {
        var loading = FeedLoading()
        let reports = feeds.prefix(FeedBounds.feeds).enumerated().map { number, feed in
            loading.read(feed, number: UInt16(number))
        }
        let (blocks, domains) = loading.finish()
        return (FeedTables(feeds: feeds, blocks: blocks, domains: domains), reports)
    }
}

/// Feeds while they are read.
private struct FeedLoading {
    private var blocks = PrefixTableBuilder()
    private var domains = DomainSuffixSet()

    mutating func read(_ feed: Feed, number: UInt16) -> FeedReport {
        var report = FeedReport(feed)
        do throws(FileFailure) {
            var reader = try LineReader(feed.file)
            try reader.read { line, place in
                guard let line else {
                    report.note(.tooLong, line: place)
                    return
                }
                do throws(FeedFault) {
                    try take(Self.withoutMark(line, place), number, &report)
                } catch {
                    report.note(error, line: place)
                }
            }
            report.lines = reader.line
            report.isCut = reader.isCut
        } catch {
            report.problems.append(FileProblem(file: feed.file, error.description))
        }
        return report
    }

    private mutating func take(_ line: Span<UInt8>, _ number: UInt16, _ report: inout FeedReport) throws(FeedFault) {
        try FeedLine(line).read(as: report.feed.format) { entry in
            let hasRoom =
                switch entry {
                case .block: blocks.count < FeedBounds.addresses
                case .domain: domains.count < FeedBounds.domains
                }
            guard hasRoom else {
                report.omitted += 1
                return
            }
            switch entry {
            case .block(let prefix): blocks.add(prefix, value: number)
            case .domain(let range): domains.insert(line.extracting(range), value: number)
            }
            report.entries += 1
        }
    }

    /// The first line without a byte order mark.
    @_lifetime(copy line)
    private static func withoutMark(_ line: Span<UInt8>, _ place: Int) -> Span<UInt8> {
        place == 1 && line.count >= 3 && line[0] == 0xef && line[1] == 0xbb && line[2] == 0xbf
            ? line.extracting(droppingFirst: 3) : line
    }

    mutating func finish() -> (PrefixTable, DomainSuffixSet) {
        (blocks.build(), domains)
    }
}
