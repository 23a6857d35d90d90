/// XML or HTML as it is written. Tags and the names of attributes are literals of this program; a text from outside can only become
/// a text or an attribute's value, and is escaped there.
struct MarkupText {
    typealias Attributes = KeyValuePairs<StaticString, String>

    private(set) var bytes: [UInt8] = []

    /// Markup of our own, as it is.
    mutating func literal(_ text: StaticString) {
        bytes += "\(text)".utf8
    }

    /// A whole file of ours within another.
    mutating func append(_ other: MarkupText) { bytes += other.bytes }

    mutating func open(_ tag: StaticString, _ attributes: Attributes = [:]) {
        start(tag, attributes)
        literal(">")
    }

    mutating func close(_ tag: StaticString) {
        literal("</")
        literal(tag)
        literal(">")
    }

    /// An element without content; in HTML only within SVG, or one that never has any.
    mutating func empty(_ tag: StaticString, _ attributes: Attributes = [:]) {
        start(tag, attributes)
        literal("/>")
    }

    mutating func element(_ tag: StaticString, _ attributes: Attributes = [:], text: String) {
        open(tag, attributes)
        self.text(text)
        close(tag)
    }

    mutating func text(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): literal("&amp;")
            case UInt8(ascii: "<"): literal("&lt;")
            case UInt8(ascii: ">"): literal("&gt;")
            case UInt8(ascii: "\""): literal("&quot;")
            case UInt8(ascii: "'"): literal("&#39;")
            default: bytes.append(byte)
            }
        }
    }

    private mutating func start(_ tag: StaticString, _ attributes: Attributes) {
        literal("<")
        literal(tag)
        for (name, value) in attributes {
            literal(" ")
            literal(name)
            literal("=\"")
            text(value)
            literal("\"")
        }
    }
}

/// Numbers as files have them: the same everywhere, and no more digits than needed.
enum NumberText {
    /// A rate to thousandths: nobody measures finer.
    static func rate(_ rate: Double) -> String { text((rate * 1000).rounded() / 1000) }

    static func text(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
