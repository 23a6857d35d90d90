import Foundation
import Support
import Testing

/// One visit of `portolan tui` in a shell: what was there before must be there afterwards, however it ends.
struct ScreenVisit {
    let pane: ScreenPane
    private let modes: String
    private let settings: String

    /// Starts it on a capture and waits for the chart.
    init(_ capture: URL, width: Int, height: Int, options: [String] = []) throws {
        pane = try ScreenPane(width: width, height: height)
        settings = try Self.terminalSettings(pane)
        try pane.enter("clear; echo stood-here-before")
        try pane.wait("the shell has answered") { $0.hasPrefix("stood-here-before") }
        modes = try pane.modes
        // By a short name: a path that is wrapped would be another line to look for.
        try pane.enter("cd \(capture.deletingLastPathComponent().path); P=\(BuiltProgram.location.path)")
        try pane.enter(
            (["$P", "tui", "-r", capture.lastPathComponent] + options).joined(separator: " ") + "; echo ended-with $?"
        )
        try pane.wait(for: "1:Chart")
        try pane.wait("the file is read") { !$0.contains("Reading") && ($0.contains("►") || $0.contains(">")) }
        #expect(try pane.modes != modes)
    }

    /// Waits until it has ended with that status, and looks whether the terminal is as it was.
    func expectEnd(_ status: Int32, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try pane.wait(for: "ended-with \(status)\n")
        #expect(try pane.modes == modes, sourceLocation: sourceLocation)
        let text = pane.text
        #expect(text.hasPrefix("stood-here-before\n"), "\(text)", sourceLocation: sourceLocation)
        #expect(!text.contains("Chart"), "\(text)", sourceLocation: sourceLocation)
        #expect(try Self.terminalSettings(pane) == settings, sourceLocation: sourceLocation)
        #expect(try pane.children == [], sourceLocation: sourceLocation)
    }

    /// What the line discipline does, as a program sees it that the shell starts.
    private static func terminalSettings(_ pane: ScreenPane) throws -> String {
        try pane.enter("clear; stty -g; echo all-told")
        try pane.wait("stty has answered") { $0.contains("\nall-told\n") }
        let lines = pane.text.split(separator: "\n").filter { !$0.contains(ScreenPane.prompt) }
        return lines.joined(separator: "\n")
    }
}
