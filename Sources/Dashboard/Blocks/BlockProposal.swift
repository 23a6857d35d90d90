/// A block that could be made of what is chosen: in the words of a request, and for people.
package struct BlockProposal: Hashable, Sendable {
    /// One word of `POST /v1/blocks`, with its value.
    package struct Word: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Whom and what; not how long, and not why.
    package var words: [Word]
    /// The same for people: `cart to 10.42.0.9 tcp 5432`. Names in it come from outside.
    package var title: String

    package init(_ words: [Word], title: String) {
        self.words = words
        self.title = title
    }

    /// The most that are offered of one thing.
    package static var limit: Int { 32 }
}

/// How long a block may hold that is made at the screen.
package enum BlockSpan: Hashable, Sendable, CaseIterable {
    case tenMinutes, hour, day

    /// Seconds.
    package var seconds: Int64 {
        switch self {
        case .tenMinutes: 600
        case .hour: 3600
        case .day: 86_400
        }
    }

    /// The key that chooses it.
    var key: Character {
        switch self {
        case .tenMinutes: "1"
        case .hour: "2"
        case .day: "3"
        }
    }

    var word: String {
        switch self {
        case .tenMinutes: "10 minutes"
        case .hour: "1 hour"
        case .day: "1 day"
        }
    }
}
