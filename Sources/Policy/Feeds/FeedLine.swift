import Addressing

/// One line of a feed, without what ends it.
struct FeedLine: ~Escapable {
    /// What is found in it.
    enum Entry {
        case block(IPPrefix)
        /// The bytes of a name, counted from the line's first.
        case domain(Range<Int>)
    }

    private let bytes: Span<UInt8>

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
    }

    /// Hands out what stands in it, nothing among it; throws what is wrong.
    func read(as format: FeedFormat, _ take: (Entry) -> Void) throws(FeedFault) {
        for place in 0..<bytes.count where bytes[place] < 0x20 && bytes[place] != 0x09 || bytes[place] == 0x7f {
            throw .control
        }
        // An object has its own punctuation.
        if format == .drop, let first = word(from: 0), bytes[first.lowerBound] == 0x7b {
            try readObject(take)
            return
        }
        guard let first = word(from: 0) else { return }
        switch format {
        case .addresses, .drop:
            guard word(from: first.upperBound) == nil else { throw .unreadable }
            take(.block(try block(first)))
        case .domains:
            guard word(from: first.upperBound) == nil else { throw .unreadable }
            take(.domain(try domain(first)))
        case .hosts: try readHosts(first, take)
        }
    }

    private func readHosts(_ address: Range<Int>, _ take: (Entry) -> Void) throws(FeedFault) {
        guard var name = word(from: address.upperBound), IPAddress(zoneless(address)) != nil else { throw .unreadable }
        while true {
            // The host's own names stand there as well, and addresses in the place of names.
            if hasDot(name), text(name) != "localhost.localdomain", IPAddress(text(name)) == nil {
                take(.domain(try domain(name)))
            }
            guard let next = word(from: name.upperBound) else { return }
            name = next
        }
    }

    private func readObject(_ take: (Entry) -> Void) throws(FeedFault) {
        let text = text(0..<bytes.count)
        if let found = text.firstMatch(of: /"cidr"\s*:\s*"([0-9a-fA-F:.\/]{1,49})"/) {
            take(.block(try Self.block(IPPrefix(String(found.1)))))
        } else if !text.contains("\"metadata\"") {
            throw .unreadable
        }
    }
}

extension FeedLine {
    private func block(_ range: Range<Int>) throws(FeedFault) -> IPPrefix {
        try Self.block(IPPrefix(text: bytes.extracting(range)))
    }

    private static func block(_ prefix: IPPrefix?) throws(FeedFault) -> IPPrefix {
        guard let prefix else { throw .unreadable }
        let shortest = prefix.address.isIPv6 ? FeedBounds.shortestV6 : FeedBounds.shortestV4
        guard prefix.length >= shortest else { throw .tooWide }
        return prefix
    }

    private func domain(_ range: Range<Int>) throws(FeedFault) -> Range<Int> {
        var start = range.lowerBound
        if bytes[start] == 0x2a { start += 1 }
        if start < range.upperBound, bytes[start] == 0x2e { start += 1 }
        let name = start..<range.upperBound
        guard !name.isEmpty, DomainName.canonical(bytes.extracting(name)) != nil else { throw .unreadable }
        guard hasDot(name.lowerBound..<name.upperBound - 1) else { throw .tooWide }
        return name
    }

    private func hasDot(_ range: Range<Int>) -> Bool {
        for place in range where bytes[place] == 0x2e { return true }
        return false
    }

    /// The text of an address without its zone, such as `fe80::1` of `fe80::1%lo0`.
    private func zoneless(_ range: Range<Int>) -> String {
        for place in range where bytes[place] == 0x25 { return text(range.lowerBound..<place) }
        return text(range)
    }

    /// The next word from a place on; nil where the line or what is no comment ends before one.
    private func word(from place: Int) -> Range<Int>? {
        var start = place
        while start < bytes.count, Self.isBlank(bytes[start]) { start += 1 }
        var end = start
        while end < bytes.count, !Self.isBlank(bytes[end]), bytes[end] != 0x23, bytes[end] != 0x3b { end += 1 }
        return end > start ? start..<end : nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Some of it as a text; empty where that is no UTF-8.
    private func text(_ range: Range<Int>) -> String {
        guard let text = try? UTF8Span(validating: bytes.extracting(range)) else { return "" }
        return String(copying: text)
    }
}
