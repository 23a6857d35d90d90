package import Declarations

/// What became of a feed.
package struct FeedReport: Hashable, Sendable {
    package var feed: Feed
    /// Addresses, blocks and domains that were taken from it, those among them that stand there twice.
    package var entries = 0
    /// Lines there were.
    package var lines = 0
    /// Lines that could not be read.
    package var unreadable = 0
    /// Entries for which there was no more room.
    package var omitted = 0
    /// Whether it is longer than is read.
    package var isCut = false
    /// The first lines that could not be read, at most `FeedBounds.problems`; or why the file cannot be read at all.
    package var problems: [FileProblem] = []

    init(_ feed: Feed) {
        self.feed = feed
    }

    /// Counts a line that could not be read.
    mutating func note(_ fault: FeedFault, line: Int) {
        unreadable += 1
        guard problems.count < FeedBounds.problems else { return }
        let mistake = LocatedMistake(at: TextPlace(line: line, column: 1), fault.message(feed.format))
        problems.append(FileProblem(file: feed.file, mistake))
    }
}

extension FeedReport: CustomStringConvertible {
    /// One line: what was read, and what was not.
    package var description: String {
        var parts = ["\(entries) entries"]
        if unreadable > 0 { parts.append("\(unreadable) of \(lines) lines could not be read") }
        if omitted > 0 { parts.append("no room for \(omitted) more") }
        if isCut { parts.append("longer than \(FeedBounds.fileLength >> 20) MiB, the rest not read") }
        return "\(feed.file): \(parts.joined(separator: "; "))"
    }
}

/// Why a line of a feed is left out. What stands in it is not repeated: it may be anything.
enum FeedFault: Error, Hashable {
    case tooLong, control, unreadable, tooWide

    func message(_ format: FeedFormat) -> String {
        switch (self, format) {
        case (.tooLong, _): "a line of more than \(FeedBounds.lineLength) bytes"
        case (.control, _): "bytes that are no text"
        case (.unreadable, .addresses): "no address and no block of addresses"
        case (.unreadable, .domains): "no name of a domain"
        case (.unreadable, .hosts): "no address with names behind it"
        case (.unreadable, .drop): "no block of addresses before a semicolon, and no object with the key cidr"
        case (.tooWide, .addresses), (.tooWide, .drop):
            "a block of more addresses than a /\(FeedBounds.shortestV4), or in IPv6 a /\(FeedBounds.shortestV6)"
        case (.tooWide, _): "a whole top-level domain"
        }
    }
}
