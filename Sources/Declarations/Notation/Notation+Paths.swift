/// Where things lie.
extension Notation {
    /// The absolute path of a Unix socket; at most 107 bytes, as unix(7) has room for.
    package static var socketPath: Notation<String> {
        path("the absolute path of a socket", limit: 107, mayBeEmpty: false)
    }

    /// An absolute path, or nothing.
    package static var pathOrNothing: Notation<String> {
        path("an absolute path, or \"\"", limit: TextBounds.textLength, mayBeEmpty: true)
    }

    /// An absolute path.
    package static var absolutePath: Notation<String> {
        path("an absolute path", limit: TextBounds.textLength, mayBeEmpty: false)
    }

    private static func path(_ wanted: String, limit: Int, mayBeEmpty: Bool) -> Notation<String> {
        Notation<String>(wanted, written: { .text($0) }) { text throws(Mistake) in
            if text.isEmpty, mayBeEmpty { return text }
            guard text.hasPrefix("/"), !text.hasSuffix("/"), !text.utf8.contains(0) else {
                let meant = text.hasPrefix("unix:///") ? String(text.dropFirst(7)) : nil
                throw Mistake("wants \(wanted), not \(Quoted.text(text))", suggestion: meant)
            }
            guard text.utf8.count <= limit else {
                throw Mistake("is a path of at most \(limit) bytes, not of \(text.utf8.count)")
            }
            return text
        }
    }
}
