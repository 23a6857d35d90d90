/// Why a line of a journal cannot be read.
package struct JournalError: Error, Hashable, Sendable {
    package enum Reason: Error, Hashable, Sendable {
        case notJSON(JSONError)
        /// More bytes than `JournalReader.lineLimit`.
        case tooLong
        /// The last line breaks off without its end.
        case brokenOff
        /// A key that such an entry must have, such as `container.id`.
        case missing(String)
        /// A key whose value is not what it must be.
        case wrong(String)
    }

    /// Counted from 1.
    package var line: Int
    package var reason: Reason

    package init(line: Int, reason: Reason) {
        self.line = line
        self.reason = reason
    }
}

extension JournalError: CustomStringConvertible {
    /// One sentence, without the file's name.
    package var description: String {
        let what =
            switch reason {
            case .notJSON(.unexpected(let place)): "is no JSON at byte \(place + 1)"
            case .notJSON(.tooDeep(let place)): "nests too deep at byte \(place + 1)"
            case .notJSON(.repeatedKey(let place)): "has a key twice, again at byte \(place + 1)"
            case .tooLong: "is longer than \(JournalReader.lineLimit) bytes"
            case .brokenOff: "breaks off"
            case .missing(let key): "lacks \(key)"
            case .wrong(let key): "has a value for \(key) that cannot be"
            }
        return "line \(line) \(what)"
    }
}
