import Addressing

extension Notation where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a few words.
    package static func word(_ wanted: String) -> Notation<Value> {
        word(wanted, of: Value.allCases.map(\.rawValue), written: \.rawValue) { Value(rawValue: $0) }
    }
}

extension Notation {
    /// One of some words, each of which means something.
    package static func word(
        _ wanted: String,
        of names: [String],
        written: @escaping @Sendable (Value) -> String,
        meaning: @escaping @Sendable (String) -> Value?
    ) -> Notation<Value> {
        Notation<Value>(wanted, written: { .text(written($0)) }) { text throws(Mistake) in
            guard let value = meaning(text) else {
                throw Mistake(
                    "is one of \(names.joined(separator: ", ")), not \(Quoted.text(text))",
                    suggestion: Spelling.closest(to: text.lowercased(), among: names)
                        ?? names.first { $0 == text.lowercased() }
                )
            }
            return value
        }
    }
}

extension Notation<Bool> {
    /// Whether something is so.
    package static var truth: Self {
        .word("true or false", of: ["true", "false"], written: { $0 ? "true" : "false" }) { text in
            switch text {
            case "true": true
            case "false": false
            default: nil
            }
        }
    }
}
