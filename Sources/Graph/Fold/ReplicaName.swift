/// A container's or a pod's name without what tells replicas apart: `pg-orders-0` is a `pg-orders`.
///
/// A name that is nothing but such a suffix, or digits, says nothing: then there is none.
enum ReplicaName {
    /// What Kubernetes makes suffixes of: no vowels, so that they are no words, and no digits that look like letters.
    private static let alphabet = Set("bcdfghjklmnpqrstvwxz2456789".utf8)

    /// Ordinals have at most so many digits; a longer number is an identifier, or a year and a day.
    private static var ordinalDigits: Int { 5 }

    static func base(of name: String) -> String? {
        guard !name.isEmpty, !name.utf8.allSatisfy(isDigit) else { return nil }
        guard let (rest, last) = split(name[...]) else { return name }
        if 1...ordinalDigits ~= last.utf8.count, last.utf8.allSatisfy(isDigit) { return worded(rest) }
        guard last.utf8.count == 5, last.utf8.allSatisfy(alphabet.contains) else { return name }
        if let (work, hash) = split(rest), 8...10 ~= hash.utf8.count, hash.utf8.allSatisfy(alphabet.contains) {
            // NAME-HASH-RANDOM, of a deployment.
            return worded(work)
        }
        // NAME-RANDOM, of a daemon set: only with a digit, for a word may have no vowels.
        return last.utf8.contains(where: isDigit) ? worded(rest) : name
    }

    private static func worded(_ rest: Substring) -> String? { rest.utf8.allSatisfy(isDigit) ? nil : String(rest) }

    /// What is before the last dash or underscore, and what is behind.
    private static func split(_ name: Substring) -> (Substring, Substring)? {
        guard let dash = name.utf8.lastIndex(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }),
            dash > name.startIndex
        else { return nil }
        return (name[..<dash], name[name.utf8.index(after: dash)...])
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
