import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// The program as it is, driven by its keys in a terminal that others wrote.
    @Suite("At the screen", .needs(.screen))
    struct ScreenTests {
        private static let capture = SharedCaptures.own.appendingPathComponent("shop/shop-node-a.pcapng")

        /// Keys, and what must stand on the screen after them; `not` what must not.
        struct Step {
            let keys: [String]
            let shows: String
            var hides: String?

            init(_ keys: String..., shows: String, hides: String? = nil) {
                self.keys = keys
                self.shows = shows
                self.hides = hides
            }
        }

        /// Through every view and back.
        private static let walk = [
            Step("2", shows: "2:Flows"), Step("Enter", shows: "last packet"), Step("Escape", shows: "FROM"),
            Step("y", shows: "\"@timestamp\""), Step("Escape", shows: "FROM"),
            Step("3", shows: "3:Containers"), Step("4", shows: "4:Alerts"),
            Step("5", shows: "Blocks are the agent's"), Step("b", shows: "Blocks are the agent's"),
            Step("6", shows: "6:Health"),
            Step("8", shows: "8:Diff"),
            Step("Escape", shows: "1:Chart"), Step("9", shows: "9:Levels"), Step("1", shows: "1:Chart"),
            Step("?", shows: "Reading the chart"), Step("Escape", shows: "1:Chart", hides: "Reading the chart"),
            // An edge, and what is known of it.
            Step("j", ".", shows: "── edge "), Step("d", shows: "answered  "),
            // A key right behind Escape would be one with Alt: what hides is waited for.
            Step("Escape", shows: "── edge ", hides: "answered  "),
            // Its packets, and one of them byte by byte.
            Step("p", shows: "  IPv4 10.244."), Step("Enter", shows: "n N next"),
            Step("Escape", shows: "Enter opens", hides: "n N next"),
            Step("Escape", shows: "── edge ", hides: "Enter opens"),
            Step("y", shows: "\"endpoints\""), Step("Escape", shows: "── edge ", hides: "\"endpoints\""),
            Step("Escape", shows: "1:Chart", hides: "── edge "),
            // Whom an end talks to.
            Step("Enter", shows: "Focus"), Step("Escape", shows: "1:Chart"),
            // Filters: one that leaves something, and one that leaves nothing.
            Step("/", "pay.example", "Enter", shows: "filter: pay.example"),
            Step("/", "C-u", "nobody", "Enter", shows: "The filter shows nothing"),
            Step("Escape", shows: "►", hides: "The filter shows nothing"),
            // The past, and what is frozen.
            Step("T", shows: "── time "), Step("[", shows: "PAST"), Step("End", shows: "1:Chart", hides: "PAST"),
            Step("T", shows: "1:Chart", hides: "── time "),
            Step("Space", shows: "FROZEN"), Step("Space", shows: "1:Chart", hides: "FROZEN"),
            Step(":", "nonsense", "Enter", shows: "there is no command nonsense"),
            Step("Z", shows: "1:Chart"), Step("z", shows: "1:Chart"), Step("x", shows: "1:Chart"),
            Step("o", shows: "1:Chart"), Step("=", shows: "1:Chart"),
        ]

        @Test(arguments: [(80, 24), (200, 60)])
        func everyViewIsWalkedAndTheTerminalIsAsItWas(width: Int, height: Int) throws {
            let visit = try ScreenVisit(Self.capture, width: width, height: height)
            for step in Self.walk {
                for keys in step.keys { try visit.pane.press(keys) }
                try visit.pane.wait("\(step.keys) shows \(step.shows), not \(step.hides ?? "nothing")") { text in
                    text.contains(step.shows) && step.hides.map { !text.contains($0) } ?? true
                }
            }
            try visit.pane.press("q")
            try visit.expectEnd(0)
        }

        /// A database that captures were loaded into, through its time and back.
        @Test func aDatabaseIsWalkedThrough() throws {
            let folder = try LabFolder()
            let pane = try ScreenPane(width: 100, height: 30)
            try pane.enter("cd \(folder.url.path); P=\(BuiltProgram.location.path)")
            try pane.enter(
                "$P replay -r \(Self.capture.path) --database case.db > said; clear; $P tui --database case.db; echo ended-with $?"
            )
            try pane.wait(for: "1:Chart")
            let steps = [
                Step("1", shows: "►"), Step("[", shows: "PAST"), Step("End", shows: "1:Chart", hides: "PAST"),
                Step("2", shows: "2:Flows"), Step("4", shows: "4:Alerts"), Step("5", shows: "5:Blocks"),
                Step("1", shows: "►"),
                Step("P", shows: "only a file can be played"), Step("j", "p", shows: "keeps no packets"),
            ]
            for step in steps {
                for keys in step.keys { try pane.press(keys) }
                try pane.wait("\(step.keys) shows \(step.shows), not \(step.hides ?? "nothing")") { text in
                    text.contains(step.shows) && step.hides.map { !text.contains($0) } ?? true
                }
            }
            try pane.press("C-c")
            try pane.wait(for: "ended-with 0")
        }

        @Test func endsAtControlC() throws {
            let visit = try ScreenVisit(Self.capture, width: 80, height: 24)
            try visit.pane.press("C-c")
            try visit.expectEnd(0)
        }

        /// A trap of Swift's is SIGILL on this machine's kind, SIGTRAP on others.
        @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS])
        func leavesTheTerminalAsItWasWhenItCrashes(signal: Int32) throws {
            let visit = try ScreenVisit(Self.capture, width: 80, height: 24)
            let program = try #require(visit.pane.children.first)
            kill(program, signal)
            try visit.expectEnd(128 + signal)
        }

        @Test(arguments: [SIGTERM, SIGHUP])
        func leavesTheTerminalAsItWasWhenItIsToldToEnd(signal: Int32) throws {
            let visit = try ScreenVisit(Self.capture, width: 80, height: 24)
            let program = try #require(visit.pane.children.first)
            kill(program, signal)
            try visit.expectEnd(0)
        }

        @Test func drawsWithoutColoursAndInASCII() throws {
            let visit = try ScreenVisit(
                Self.capture,
                width: 80,
                height: 24,
                options: ["--color", "never", "--glyphs", "ascii"]
            )
            #expect(visit.pane.text.utf8.allSatisfy { $0 == 0x0a || 0x20..<0x7f ~= $0 }, "\(visit.pane.text)")
            try visit.pane.press("q")
            try visit.expectEnd(0)
        }
    }
}
