/// Divides a filter's text into words: blanks between them, and quotes around a value that has blanks or begins with a quote.
struct FilterScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The next word; nil at the end.
    mutating func next() throws(FilterError) -> FilterWord? {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        guard position < bytes.count else { return nil }
        let keyRange = take { !Self.isBlank($0) && $0 != Self.equals }
        var word = FilterWord(key: text(keyRange), keyRange: keyRange, value: nil, valueRange: keyRange)
        guard position < bytes.count, bytes[position] == Self.equals else { return word }
        position += 1
        if position < bytes.count, bytes[position] == Self.quote {
            (word.value, word.valueRange) = try quoted()
        } else {
            word.valueRange = take { !Self.isBlank($0) }
            word.value = text(word.valueRange)
        }
        return word
    }

    private static var equals: UInt8 { 0x3d }
    private static var quote: UInt8 { 0x22 }
    private static var backslash: UInt8 { 0x5c }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0d ~= byte }

    private mutating func take(while isPart: (UInt8) -> Bool) -> Range<Int> {
        let start = position
        while position < bytes.count, isPart(bytes[position]) { position += 1 }
        return start..<position
    }

    /// From one quote to the next; a backslash takes the byte behind it as it is.
    private mutating func quoted() throws(FilterError) -> (String, Range<Int>) {
        let start = position
        var value: [UInt8] = []
        position += 1
        while position < bytes.count, bytes[position] != Self.quote {
            if bytes[position] == Self.backslash { position += 1 }
            if position < bytes.count { value.append(bytes[position]) }
            position += 1
        }
        guard position < bytes.count else { throw error(.openQuote, start..<bytes.count) }
        position += 1
        guard position == bytes.count || Self.isBlank(bytes[position]) else {
            let rest = take { !Self.isBlank($0) }
            throw error(.notBehindQuote, rest)
        }
        return (String(decoding: value, as: UTF8.self), start..<position)
    }

    private func error(_ problem: FilterError.Problem, _ range: Range<Int>) -> FilterError {
        FilterError(problem: problem, word: text(range), range: range)
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
