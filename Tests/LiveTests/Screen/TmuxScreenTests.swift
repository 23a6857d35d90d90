import Foundation
import Support
import Testing

extension Live {
    /// The real program in a real terminal multiplexer, as a person would use it.
    @Suite("Screen in tmux", .needs(.tmux))
    struct TmuxScreenTests {
        private var capture: String { SharedCaptures.own.appending(path: "shop/shop-node-a.pcapng").path }

        private func open(_ pane: TmuxPane) throws {
            try pane.wait("the shell is there") { $0.contains("$") }
            pane.type("stty -g > \(pane.folder)/before; \(BuiltProgram.location.path) tui -r \(capture); echo ended $?; stty -g > \(pane.folder)/after")
            pane.press("Enter")
            try pane.wait("the chart is drawn") { $0.contains("1:Chart") && $0.contains("pay.example") }
        }

        /// The terminal is as it was: its settings, its screen, its cursor.
        private func expectRestored(_ pane: TmuxPane) throws {
            try pane.wait("the shell has it back") { _ in pane.settings("after") != nil }
            #expect(pane.settings("after") == pane.settings("before"))
            #expect(pane.flags == "alternate 0, cursor 1, mouse 0")
        }

        @Test func everyViewIsWalkedAndTheTerminalIsAsBefore() throws {
            let pane = try TmuxPane(width: 110, height: 34)
            try open(pane)
            pane.press("2")
            try pane.wait("flows are listed") { $0.contains("2:Flows") && $0.contains("of 78") }
            pane.press("Enter")
            try pane.wait("a flow's details are shown") { $0.contains("flow ") && !$0.contains("of 78") }
            pane.press("Escape")
            pane.press("y")
            try pane.wait("it is shown as JSON") { $0.contains("\"@timestamp\"") }
            pane.press("Escape")
            pane.press("/")
            pane.type("pay.example")
            pane.press("Enter")
            try pane.wait("flows are filtered") { $0.contains("of 2 ") || $0.contains("of 3 ") || $0.contains("of 4 ") }
            for (key, title) in [("3", "3:Containers"), ("6", "6:Health"), ("8", "8:Diff"), ("9", "9:Levels"), ("1", "1:Chart")] {
                pane.press(key)
                try pane.wait("\(title) is shown") { $0.contains(title) }
            }
            pane.press("Escape")
            pane.press("?")
            try pane.wait("help is shown") { $0.contains("not connected") }
            pane.press("Escape")
            pane.press("j")
            pane.press("Enter")
            try pane.wait("one end is in the middle") { $0.contains("Focus") }
            pane.press("Escape")
            pane.press("q")
            try pane.wait("it ended") { $0.contains("ended 0") }
            try expectRestored(pane)
        }

        @Test(arguments: ["TERM", "SEGV", "HUP"]) func whateverKillsItTheTerminalIsAsBefore(signal: String) throws {
            let pane = try TmuxPane(width: 80, height: 24)
            try open(pane)
            try pane.kill(signal, "tui -r")
            try pane.wait("it ended") { $0.contains("ended") }
            try expectRestored(pane)
        }
    }
}
