import Foundation
import Records
import Support
import Testing

/// Whatever names are, what is printed does nothing to whoever reads it: all outputs over all names of `HostileNames`.
@Suite("Hostile names", .serialized)
struct HostileOutputTests {
    private let host: HostileHost

    init() throws { host = try HostileHost() }

    /// What a command says, and as what it is read.
    struct Output: Sendable, CustomTestStringConvertible {
        enum Reader: Sendable { case terminal, browser, json, tool }

        var arguments: [String]
        var reader: Reader
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ words: String, _ reader: Reader) {
            arguments = words.split(separator: " ").map(String.init)
            self.reader = reader
        }
    }

    static let outputs = [
        Output("replay", .terminal), Output("replay --color always", .terminal),
        Output("replay -o json --events all", .json), Output("alerts", .terminal), Output("alerts -o json", .json),
        Output("alerts -o cef", .terminal), Output("graph", .terminal), Output("graph -o json", .json),
        Output("graph -o dot", .tool), Output("graph -o mermaid", .tool), Output("graph -o graphml", .tool),
        Output("graph -o svg", .browser), Output("graph -o html", .browser),
        Output("graph --fold end", .terminal),
        Output("report", .terminal), Output("report -o html", .browser), Output("report -o json", .json),
        Output("policy learn", .tool),
    ]

    private func run(_ output: Output) throws -> Command.Outcome {
        let outcome = try Command.run(output.arguments + ["-r", host.capture, "--identity", host.journal])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(host.isUntouched)
        return outcome
    }

    @Test(arguments: outputs) func doNoHarm(output: Output) throws {
        let outcome = try run(output)
        try Self.check(outcome.output, output.reader, isColoured: output.arguments.contains("always"))
        try Self.check(outcome.errors, .terminal)
    }

    static func check(_ text: String, _ reader: Output.Reader, isColoured: Bool = false) throws {
        var text = text
        // Colours are ours: of those each ends with the line.
        if isColoured { text = text.replacing(#/\u{1b}\[[0-9;]*m/#, with: "") }
        if reader == .json {
            for line in text.split(separator: "\n") {
                _ = try JSONSerialization.jsonObject(with: Data(line.utf8), options: .fragmentsAllowed)
            }
        }
        let allowed: Set<Unicode.Scalar> = reader == .tool ? ["\n", "\t"] : ["\n"]
        let harmful = text.unicodeScalars.first {
            !allowed.contains($0) && $0.isHarmful && !(reader == .json && $0.isMeaningless)
        }
        #expect(harmful == nil, "U+\(String(harmful?.value ?? 0, radix: 16))")
        if reader != .json { #expect(!text.contains(#/[\u{300}\u{301}\u{489}]{5}/#.matchingSemantics(.unicodeScalar))) }
        if reader == .browser {
            #expect(text.components(separatedBy: "<script").count <= 2)
            for tag in ["<img", "<base", "<svg/", "<b>b", "<iframe"] { #expect(!text.contains(tag), "\(tag)") }
        }
        // No line of its own.
        for line in text.split(separator: "\n") {
            #expect(!line.hasPrefix("2026-01-01T00:00:00Z  critical"))
            #expect(!line.hasPrefix("flush ruleset") && !line.hasPrefix("DROP"))
        }
    }

    /// Harmless is not lost: for programs each name is what it was.
    @Test func programsGetNamesAsTheyAre() throws {
        let records = try run(Output("replay -o json", .json)).records
        let names = Set(records.compactMap { $0["source.container.name"] })
        for (harm, name) in HostileNames.all { #expect(names.contains(name), "\(harm)") }
    }

    /// All that is asserted above would hold of nothing.
    @Test func namesAreThere() throws {
        for (words, wanted) in [
            ("alerts", "tried"), ("alerts -o cef", "CEF:0|"), ("graph", "DROP TABLE"),
            ("report", "scan"), ("graph -o html", "&lt;img src=x onerror=alert(1)&gt;"), ("graph -o dot", "DROP TABLE"),
            ("policy learn", "DROP TABLE"),
        ] {
            #expect(try run(Output(words, .tool)).output.contains(wanted), "\(words)")
        }
    }

    @Test func aliasesOfABaselineStayInTheirPlaces() throws {
        let folder = try ScratchFolder()
        let learned = try run(Output("policy learn", .tool)).output
        let baseline = try folder.write(learned.utf8, as: "baseline.yaml")
        for form in ["policy", "kubernetes", "compose", "nft"] {
            let outcome = try Command.run("policy", "generate", "--baseline", baseline.path, "--form", form)
            #expect(outcome.status == 0, "\(form): \(outcome.errors)")
            try Self.check(outcome.output, .tool)
            try Self.check(outcome.errors, .terminal)
            // A comment ends with its line, and a name begins none.
            #expect(!outcome.output.contains(#/^\s*(x" drop|- !!python)/#.anchorsMatchLineEndings()))
        }
    }

    @Test(arguments: ["observe", "alerts", "alerts -o cef", "report"])
    func whatIsStoredDoesNoHarmEither(words: String) throws {
        let host = try ReportedHost()
        var arguments = words.split(separator: " ").map(String.init)
        arguments += ["--database", host.path, "--since", "2026-01-01T00:00:00Z"]
        let outcome = try Command.run(arguments)
        #expect(outcome.status == 0 && outcome.output.contains("script"), "\(outcome.errors)")
        try Self.check(outcome.output, .terminal)
    }
}

extension Unicode.Scalar {
    /// Of no use to an attacker, and part of a name: JSON keeps it.
    fileprivate var isMeaningless: Bool {
        properties.generalCategory == .privateUse || properties.generalCategory == .unassigned
    }
}
