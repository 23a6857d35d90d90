/// The part of a name outside that somebody registered, as far as that can be told without a list of all suffixes.
///
/// The rule is our own: the last two labels; three where the last has two letters, as those of countries have, and the one before it
/// is one that registries sell below (`co.uk`, `com.au`). It errs on names of less usual registries and on hosting
/// companies that let others have names below theirs: those become one row, and can be unfolded.
enum RegisteredDomain {
    private static let secondLevels: Set<String> = [
        "ac", "co", "com", "edu", "gob", "gov", "gouv", "gv", "id", "info", "mil", "ne", "net", "nom", "or", "org",
        "sch",
    ]

    static func domain(of name: String) -> String {
        let name = name.lowercased()
        let labels = name.split(separator: ".", omittingEmptySubsequences: true)
        guard labels.count > 2 else { return labels.isEmpty ? name : labels.joined(separator: ".") }
        let isShared =
            labels[labels.count - 1].utf8.count == 2 && secondLevels.contains(String(labels[labels.count - 2]))
        return labels.suffix(isShared ? 3 : 2).joined(separator: ".")
    }
}
