import Declarations
import Foundation
import Policy
import Testing

/// Reads what was generated as those would whom it is for.
enum ReadText {
    /// A policy; a problem is a failure of the test.
    static func policy(_ text: String) throws -> DeclaredPolicy {
        let file = try write(text)
        defer { try? FileManager.default.removeItem(at: file) }
        do throws(Rejection) {
            return try DeclaredPolicy.read(.file(file.path))
        } catch {
            Issue.record("\(error)\n\(text)")
            throw error
        }
    }

    static func write(_ text: String) throws -> URL {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-\(UUID().uuidString)")
        try Data(text.utf8).write(to: file)
        return file
    }

    /// The documents of a YAML text, which is one without a mistake.
    static func documents(_ text: String) -> [YAMLNode] {
        text.components(separatedBy: "\n---\n").compactMap { part in
            do throws(LocatedMistake) {
                return try YAMLDocument(Array(part.utf8)).root
            } catch {
                Issue.record("\(error.place): \(error.message)\n\(part)")
                return nil
            }
        }
    }
}

extension YAMLNode {
    /// The value of a key of a mapping; nil where it is none, or has none.
    subscript(_ key: String) -> YAMLNode? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs.first { pair in if case .text(key) = pair.key.content { true } else { false } }?.value
    }

    var elements: [YAMLNode] { if case .list(let elements) = content { elements } else { [] } }

    var text: String? { if case .text(let text) = content { text } else { nil } }

    /// Keys and texts of a mapping.
    var texts: [String: String] {
        guard case .mapping(let pairs) = content else { return [:] }
        var result: [String: String] = [:]
        for pair in pairs { result[pair.key.text ?? ""] = pair.value.text }
        return result
    }

    /// The keys of a mapping, in order.
    var keys: [String] {
        guard case .mapping(let pairs) = content else { return [] }
        return pairs.compactMap(\.key.text)
    }
}
