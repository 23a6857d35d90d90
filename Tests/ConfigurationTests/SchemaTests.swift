import Foundation
import Support
import Testing

import Declarations

@testable import Configuration

@Suite("Keys of the configuration")
struct SchemaTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: SharedCaptures.project.appendingPathComponent(path), encoding: .utf8)
    }

    @Test func theFileOfDefaultsSaysTheDefaults() throws {
        #expect(try ReadText.configuration(Self.text("Config/portolan.yaml")) == Configuration())
    }

    /// Every key stands in it with the value that holds without it, so that to change one is to edit a line.
    @Test func theFileOfDefaultsHasEveryKey() throws {
        let root = try #require(try YAMLDocument(Array(Self.text("Config/portolan.yaml").utf8)).root)
        let paths = Self.paths(root, "").filter { !$0.hasPrefix("policy.") }
        #expect(paths == ConfigurationSchema.keys.map(\.path))
    }

    private static func paths(_ node: YAMLNode, _ section: String) -> [String] {
        guard case .mapping(let pairs) = node.content else { return [section] }
        return pairs.flatMap { pair -> [String] in
            guard case .text(let name) = pair.key.content else { return [] }
            return paths(pair.value, section.isEmpty ? name : "\(section).\(name)")
        }
    }

    /// As many as the type has stored values, so that none of them can be forgotten.
    @Test func everyValueOfTheTypeHasAKey() {
        func leaves(_ value: Any) -> Int {
            let mirror = Mirror(reflecting: value)
            let isSection =
                "\(type(of: value))".hasPrefix("Retention") || mirror.subjectType == Configuration.self
                || String(reflecting: mirror.subjectType).hasPrefix("Configuration.Configuration.")
            return isSection ? mirror.children.reduce(0) { $0 + leaves($1.value) } : 1
        }
        #expect(leaves(Configuration()) == ConfigurationSchema.keys.count)
        #expect(Set(ConfigurationSchema.keys.map(\.path)).count == ConfigurationSchema.keys.count)
    }

    @Test func theManualHasEveryKeyWithItsDefault() throws {
        let manual = try Self.text("Docs/Configuration.md")
        for key in ConfigurationSchema.keys {
            let row = try #require(
                manual.split(separator: "\n").first { $0.hasPrefix("| `\(key.path)` |") },
                "\(key.path)"
            )
            #expect(row.contains("| `\(key.value(in: Configuration()))` |"), "\(row)")
            #expect(row.hasSuffix(key.effect == .atOnce ? "| reload |" : "| start |"), "\(row)")
        }
    }

    @Test func sectionsAreKnownByTheirKeys() {
        let sections = [
            "capture", "containers", "api", "metrics", "log", "store", "enforcement", "recording", "cases",
        ]
        #expect(ConfigurationSchema.names(in: "") == sections)
        #expect(ConfigurationSchema.names(in: "store.flows") == ["age", "size"])
        #expect(ConfigurationSchema.names(in: "sto").isEmpty)
        #expect(ConfigurationSchema.names(in: "log.level").isEmpty)
        #expect(ConfigurationSchema.key("store.flows") == nil)
    }
}
