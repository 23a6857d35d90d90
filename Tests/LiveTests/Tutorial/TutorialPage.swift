import Foundation
import Support

/// `Docs/Tutorial.md`, as far as it can be typed.
struct TutorialPage {
    /// A command, and the lines that the page says it prints.
    struct Step {
        var command: String
        var output: [String] = []
    }

    /// The configuration.
    let configuration: String
    /// What the agent says.
    let log: [String]
    private let steps: [(heading: String, step: Step)]

    init() throws {
        let page = SharedCaptures.project.appendingPathComponent("Docs/Tutorial.md")
        var blocks: [(heading: String, kind: String, lines: [String])] = []
        var heading = ""
        var open = false
        for line in try String(contentsOf: page, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        ) {
            if line.hasPrefix("```") {
                if !open { blocks.append((heading, String(line.dropFirst(3)), [])) }
                open.toggle()
            } else if open {
                blocks[blocks.count - 1].lines.append(String(line))
            } else if line.hasPrefix("## ") {
                heading = String(line.dropFirst(3))
            }
        }
        configuration = blocks.first { $0.kind == "yaml" }?.lines.joined(separator: "\n") ?? ""
        log = blocks.first { $0.kind == "log" }?.lines ?? []
        var steps: [(heading: String, step: Step)] = []
        for block in blocks where block.kind == "sh" {
            for line in block.lines {
                if line.hasPrefix("$ ") {
                    steps.append((block.heading, Step(command: String(line.dropFirst(2)))))
                } else {
                    steps[steps.count - 1].step.output.append(line)
                }
            }
        }
        self.steps = steps
    }

    /// What is typed below a heading.
    func steps(below heading: String) -> [Step] { steps.filter { $0.heading == heading }.map(\.step) }

    /// The first line of the page that is not in a text, in the order of the page: numbers, identifiers and blanks may differ, and what stands
    /// where the page has `…` is anything.
    static func missing(of lines: [String], in text: String) -> String? {
        var rest = text.split(separator: "\n").map { shape(String($0)) }[...]
        for line in lines where !["", "…"].contains(line.trimmingCharacters(in: .whitespaces)) {
            let wanted = shape(line)
            guard let place = rest.firstIndex(where: { $0.contains(wanted) }) else { return line }
            rest = rest[(place + 1)...]
        }
        return nil
    }

    /// A line without what is different each time.
    static func shape(_ line: String) -> String {
        line.replacing(/\b[0-9a-f]{12,64}\b/, with: "ID")
            .replacing(/[0-9][0-9,.:]*/, with: "N")
            .replacing(/N (KiB|MiB|B)\b/, with: "SIZE")
            .replacing(/N (seconds?|minutes?|min|s|h|days?|d) ago/, with: "AGO")
            .replacing(/[ \t]+/, with: " ")
            .trimmingCharacters(in: .whitespaces)
    }
}
