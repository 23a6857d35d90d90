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

    /// The objects of the list at `a.b.c`, asked for one key each.
    public func list(_ key: String, _ inner: String) -> [String?] {
        let elements = value(key) as? [[String: Any]] ?? []
        return elements.map { element in (element[inner] as? NSNumber)?.stringValue ?? element[inner] as? String }
    }

    private func value(_ key: String) -> Any? {
        var value: Any? = object
        for part in key.split(separator: ".") { value = (value as? [String: Any])?[String(part)] }
        // The time's key has a dot's look of its own, and none inside.
        return value ?? object[key]
    }
}
