import Foundation

/// A line of JSON, asked by dotted keys.
public struct Record {
    private let object: [String: Any]

    /// Reads one line; nil when it is no JSON object.
    public init?(line: String) {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
            return nil
        }
        self.object = object
    }

    /// The text at `a.b.c`; numbers and truth values as JSON writes them; nil when it is not there.
    public subscript(_ key: String) -> String? {
        switch value(key) {
        case let text as String: text
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }

    /// The objects of the list at `a.b.c`, asked for one key each, which may be dotted, too.
    public func list(_ key: String, _ inner: String) -> [String?] {
        let elements = value(key) as? [[String: Any]] ?? []
        return elements.map { Record(object: $0)[inner] }
    }

    /// The texts of the list at `a.b.c`; none when there is no such list.
    public func texts(_ key: String) -> [String] { value(key) as? [String] ?? [] }

    private init(object: [String: Any]) {
        self.object = object
    }

    private func value(_ key: String) -> Any? {
        var value: Any? = object
        for part in key.split(separator: ".") { value = (value as? [String: Any])?[String(part)] }
        // The time's key has a dot's look of its own, and none inside.
        return value ?? object[key]
    }
}
