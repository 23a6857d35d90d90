/// What nft(8) keeps with a table, a chain, a set, an element or a rule and the kernel only carries: entries of a type, a
/// length and so many bytes, one byte each for the first two.
///
/// libnftnl/udata.h. Only comments are written and read here.
struct UserData {
    /// Of a table, a chain, an element and a rule.
    static var comment: UInt8 { 0 }
    /// Of a set.
    static var setComment: UInt8 { 7 }

    /// An entry that says that a set's keys are in host byte order: NFTNL_UDATA_SET_KEYBYTEORDER, and nft's number for it.
    static var keyByteOrder: [UInt8] { [0, 4] + (1 as UInt32).nativeOctets }

    /// An entry of text with its NUL.
    static func entry(_ type: UInt8, _ text: String) -> [UInt8] {
        let text = text.utf8.prefix(Nftables.commentLimit)
        return [type, UInt8(text.count + 1)] + Array(text) + [0]
    }

    /// The text of the first entry of a type; nil when there is none, or what is there does not hold together.
    static func text(_ type: UInt8, in bytes: RawSpan) -> String? {
        var offset = 0
        while offset + 2 <= bytes.byteCount {
            let length = Int(bytes.load(UInt8.self, at: offset + 1))
            guard offset + 2 + length <= bytes.byteCount else { return nil }
            if bytes.load(UInt8.self, at: offset) == type {
                return bytes.extracting(offset + 2..<offset + 2 + length).text
            }
            offset += 2 + length
        }
        return nil
    }
}

extension Nftables {
    /// Bytes of a comment.
    static var commentLimit: Int { 127 }

    /// Text as a comment may be: nft(8) prints it between quotes, and reads what it printed. Cut to 127 bytes.
    ///
    /// A name that somebody else chose may stand in it, and must not end the quotes.
    static func comment(_ text: String?) -> String? {
        guard let text else { return nil }
        var clean = ""
        var count = 0
        for scalar in text.unicodeScalars {
            let isQuiet = scalar.properties.generalCategory != .control && scalar != "\u{2028}" && scalar != "\u{2029}"
            let written: UnicodeScalar = scalar == "\"" ? "'" : isQuiet ? scalar : " "
            count += UTF8.width(written)
            guard count <= commentLimit else { break }
            clean.unicodeScalars.append(written)
        }
        return clean.isEmpty ? nil : clean
    }
}
