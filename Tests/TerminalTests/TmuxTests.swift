import Foundation
import Testing

@testable import Terminal

/// The bytes of random grids, shown by a terminal that others wrote, which then tells what stands on its screen.
@Suite("Drawn by tmux", .enabled(if: Tmux.isPossible, "tmux is missing: make test-deps"))
struct TmuxTests {
    /// Without those on whose width terminals disagree, tmux among them.
    private static let words = ["orders", "─┬━►", "漢字", "e\u{301}le\u{300}ve", "한글", "a", "     ", "ก็", "…", "×○"]

    private let width = 80
    private let height = 24

    @Test(arguments: UInt64(1)...3)
    func showsWhatTheGridHolds(seed: UInt64) throws {
        var dice = Dice(seed)
        var differ = GridDiffer(depth: .trueColor)
        var grid = CellGrid(width: width, height: height)
        var shown: CellGrid?
        var bytes = Array(TerminalModes().entering.utf8)
        for _ in 0..<100 {
            grid.scribble(Int.random(in: 0..<25, using: &dice), of: Self.words, &dice)
            differ.append(from: shown, to: grid, to: &bytes)
            shown = grid
        }
        let captured = try capture(bytes)
        var screen = ScreenEmulator(width: width, height: height)
        screen.feed(captured)
        #expect(screen.strange.isEmpty, "\(screen.strange.prefix(5))")
        let expected = ScreenEmulator.places(of: grid)
        for row in 0..<height {
            let range = row * width..<(row + 1) * width
            #expect(screen.places[range] == expected[range], "row \(row)")
        }
    }

    /// What tmux says stands on its screen: text and styles, in the same control sequences.
    private func capture(_ bytes: [UInt8]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tmux-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(bytes).write(to: folder.appendingPathComponent("bytes"))
        try Data("set -g status off\n".utf8).write(to: folder.appendingPathComponent("conf"))
        // The answer to `CSI 6 n` says that all before it was read.
        let pane =
            "stty raw -echo; cat bytes; printf '\\033[6n'; head -c 1 >/dev/null; tmux wait-for -S drawn; sleep 60"
        try Data(pane.utf8).write(to: folder.appendingPathComponent("pane"))
        let script = """
            cd \(folder.path)
            tmux() { timeout --foreground 30 /usr/bin/tmux -u -S socket -f conf "$@"; }
            tmux new-session -d -x \(width) -y \(height) sh pane && tmux wait-for drawn && tmux capture-pane -p -e -N > captured
            tmux kill-server
            echo over
            """
        // Not Foundation's Process, which blocks the signals that tmux needs.
        let terminal = try PseudoTerminal()
        try terminal.start(script, environment: ["SHELL=/bin/sh"])
        #expect(terminal.expect("over"))
        let output = try Array(Data(contentsOf: folder.appendingPathComponent("captured")))
        try #require(output.count(where: { $0 == 0x0a }) == height)
        return Array(output.dropLast()).flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }
    }
}

private enum Tmux {
    /// In CI the tests run in any case, and fail where tmux lacks.
    static let isPossible =
        ProcessInfo.processInfo.environment["CI"] == "true" || FileManager.default.fileExists(atPath: "/usr/bin/tmux")
}
