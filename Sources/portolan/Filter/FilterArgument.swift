import Records

/// A filter on the command line, in the form in which it passes ArgumentParser: that keeps neither which of an option's names
/// was used nor what stood before it.
struct FilterArgument: Equatable {
    var isNegated = false
    var side = FilterSide.either
    var value: String

    /// Begins what no shell lets anybody type by accident.
    private static var mark: Character { "\u{1}" }

    /// As one word.
    var marked: String { "\(Self.mark)\(isNegated ? "not " : "")\(side.rawValue)\(Self.mark)\(value)" }

    init(isNegated: Bool = false, side: FilterSide = .either, value: String) {
        self.isNegated = isNegated
        self.side = side
        self.value = value
    }

    /// Reads that word; one without marks is a value as it is.
    init(marked text: String) {
        value = text
        guard text.first == Self.mark, let end = text.dropFirst().firstIndex(of: Self.mark) else { return }
        let (head, not) = (text[..<end].dropFirst(), "not ")
        guard let side = FilterSide(rawValue: String(head.hasPrefix(not) ? head.dropFirst(not.count) : head)) else {
            return
        }
        self.side = side
        isNegated = head.hasPrefix(not)
        value = String(text[end...].dropFirst())
    }

    /// As it was typed.
    func typed(_ word: String) -> String {
        "\(isNegated ? "--not " : "")--\(side.rawValue)\(word)" + (value.isEmpty ? "" : " \(value)")
    }
}

extension FilterArgument {
    /// Arguments in which every filter is one word, and has taken in the `--not` before it. What is no filter, or has no value,
    /// stays as it is, for ArgumentParser to say what is wrong.
    static func marking(_ arguments: [String]) -> [String] {
        var result: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument != "--" else { return result + [argument] + rest }
            let isNegated = argument == "--not"
            guard let option = isNegated ? rest.first : argument, option.hasPrefix("--") else {
                result.append(argument)
                continue
            }
            let parts = option.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first.flatMap({ FilterVocabulary.key($0) }) else {
                result.append(argument)
                continue
            }
            if isNegated { rest.removeFirst() }
            var value = parts.count > 1 ? String(parts[1]) : nil
            // What begins with a dash is the next option.
            if value == nil, let next = rest.first, !next.hasPrefix("-") { value = rest.popFirst() }
            guard let value else {
                result.append(option)
                continue
            }
            result.append("--\(key.word)=\(Self(isNegated: isNegated, side: key.side, value: value).marked)")
        }
        return result
    }
}
