/// A name, whole, or with `*` where anything may stand, nothing among it. Names are compared by their bytes.
///
/// Matching takes time proportional to the name, whatever the pattern: what stands between two stars is looked for once,
/// from left to right, and no byte is looked at twice (Knuth, Morris, Pratt 1977).
package struct NamePattern: Sendable {
    /// As it was written.
    package let text: String
    private let prefix: [UInt8]
    private let middles: [Piece]
    private let suffix: [UInt8]

    /// Whether it has a star.
    package let isOpen: Bool

    package init(_ text: String) {
        self.text = text
        var parts = text.utf8.split(separator: 0x2a, omittingEmptySubsequences: false).map { Array($0) }
        prefix = parts.removeFirst()
        isOpen = !parts.isEmpty
        suffix = parts.popLast() ?? []
        middles = parts.filter { !$0.isEmpty }.map { Piece($0) }
    }

    /// Whether that is such a name.
    package func matches(_ name: String) -> Bool {
        let bytes = name.utf8
        guard isOpen else { return bytes.elementsEqual(prefix) }
        guard bytes.count >= prefix.count + suffix.count, bytes.starts(with: prefix),
            bytes.suffix(suffix.count).elementsEqual(suffix)
        else { return false }
        var rest = bytes.dropFirst(prefix.count).dropLast(suffix.count)
        for piece in middles {
            guard let end = piece.end(in: rest) else { return false }
            rest = rest[end...]
        }
        return true
    }

    /// The same of a name that may not be known.
    package func matches(_ name: String?) -> Bool {
        guard let name else { return false }
        return matches(name)
    }
}

extension NamePattern: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension NamePattern {
    /// What stands between two stars.
    private struct Piece: Sendable {
        let bytes: [UInt8]
        /// For each length that matched: how much of it is a beginning again when the next byte does not fit.
        private let retreats: [Int]

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            var retreats = [0]
            var length = 0
            for byte in bytes.dropFirst() {
                while length > 0, bytes[length] != byte { length = retreats[length - 1] }
                if bytes[length] == byte { length += 1 }
                retreats.append(length)
            }
            self.retreats = retreats
        }

        /// Behind the first place where it stands; nil where it does not.
        func end(in text: Substring.UTF8View) -> Substring.UTF8View.Index? {
            var length = 0
            var index = text.startIndex
            while index != text.endIndex {
                let byte = text[index]
                index = text.index(after: index)
                while length > 0, bytes[length] != byte { length = retreats[length - 1] }
                if bytes[length] == byte { length += 1 }
                if length == bytes.count { return index }
            }
            return nil
        }
    }
}
