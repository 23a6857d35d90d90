/// YAML, written line by line: mappings and lists as blocks, and texts of others in quotes, in ASCII, with whatever means something to YAML
/// or to a terminal as an escape.
struct YAMLLines {
    private(set) var text = ""
    private var depth = 0
    private var startsElement = false

    /// A comment, which ends with its line whatever is in it.
    mutating func comment(_ words: String) { line("# \(Self.plain(words))", isKey: false) }

    mutating func pair(_ key: String, _ value: some BinaryInteger) { line("\(key): \(value)") }

    /// A value that means nothing to YAML: an address, a word, a moment.
    mutating func pair(_ key: String, word: String) { line("\(key): \(word)") }

    /// A text that may be from outside.
    mutating func pair(_ key: String, _ text: String) { line("\(key): \(Self.quoted(text))") }

    /// A key with what stands below it.
    mutating func section(_ key: String, _ body: (inout Self) -> Void) {
        line("\(key):")
        depth += 1
        body(&self)
        depth -= 1
    }

    /// A key with the elements of a list below it; nothing where there are none.
    mutating func list<Element>(_ key: String, _ elements: [Element], _ body: (inout Self, Element) -> Void) {
        guard !elements.isEmpty else { return }
        line("\(key):")
        depth += 1
        for element in elements { self.element { body(&$0, element) } }
        depth -= 1
    }

    /// An element of a list that is a mapping.
    mutating func element(_ body: (inout Self) -> Void) {
        startsElement = true
        depth += 1
        body(&self)
        depth -= 1
    }

    /// A key with a list of values that are words, or in quotes already.
    mutating func values(_ key: String, _ values: [String]) {
        guard !values.isEmpty else { return }
        line("\(key):")
        depth += 1
        for value in values { line("- \(value)") }
        depth -= 1
    }

    mutating func blank() { text += "\n" }

    /// A line as it is.
    mutating func line(_ words: String, isKey: Bool = true) {
        let isFirst = startsElement && isKey
        text += String(repeating: "  ", count: isFirst ? depth - 1 : depth) + (isFirst ? "- " : "") + words + "\n"
        if isKey { startsElement = false }
    }

    /// A text in quotes.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            // Brackets are counted where a file is read, in quotes as well.
            case "[", "{": result += "\\x\(String(scalar.value, radix: 16))"
            case " "..."~": result.unicodeScalars.append(scalar)
            default: result += escape(scalar)
            }
        }
        return result + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value > 0xffff ? 8 : 4
        return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
    }

    /// A text for a comment: printable ASCII, U+FFFD's place taken by a question mark; at most 200 characters.
    static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(200).map { " "..."~" ~= $0 ? $0 : "?" }
            )
        )
    }
}
