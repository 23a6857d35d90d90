/// One object in textual encoding, as openssl(1) writes keys. RFC 7468.
enum PEM {
    static func text(_ bytes: [UInt8], label: String) -> String {
        "-----BEGIN \(label)-----\n\(Base64.text(bytes))\n-----END \(label)-----\n"
    }

    /// The bytes of the first object with a label; nil when there is none.
    static func bytes(_ text: String, label: String) -> [UInt8]? {
        guard let start = text.range(of: "-----BEGIN \(label)-----"),
            let end = text[start.upperBound...].range(of: "-----END \(label)-----")
        else { return nil }
        let space: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]
        return Base64.bytes(text[start.upperBound..<end.lowerBound].utf8.lazy.filter { !space.contains($0) })
    }
}

extension StringProtocol {
    /// Where another text stands first.
    fileprivate func range(of other: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
            start = index(after: start)
        }
        return nil
    }
}
