import Glibc
import Testing

@testable import Terminal

/// A program that draws, on a real pseudoterminal under a real shell: whatever ends it, the terminal is as it was.
@Suite("Terminal device", .serialized)
struct TerminalDeviceTests {
    /// The driver lies beside the test program.
    private func driver() throws -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        let folder = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self).split(separator: "/").dropLast()
        let path = "/" + folder.joined(separator: "/") + "/TerminalDriver"
        try #require(unsafe access(path, X_OK) == 0)
        return path
    }

    /// The shell prints the settings before and after, and how the program ended.
    private func session(
        _ arguments: String = "",
        isJob: Bool = true,
        environment: [String] = [],
        blocked: [Int32] = []
    ) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal()
        let script = """
            set \(isJob ? "-m" : "+m"); trap : INT; stty -g; \(try driver()) \(arguments); echo "status=$?"; stty -g; echo -n "@"; sleep 0.1; fg \
            && { echo "status=$?"; stty -g; }; echo over
            """
        try terminal.start(script, environment: environment, blocked: blocked)
        return terminal
    }

    /// The settings as stty(1) prints them, each time.
    private func settings(_ terminal: PseudoTerminal) -> [Substring] {
        terminal.output.split(whereSeparator: \.isNewline).filter { line in
            line.count(where: { $0 == ":" }) > 20 && line.allSatisfy { $0.isHexDigit || $0 == ":" }
        }
    }

    private func expectRestored(_ terminal: PseudoTerminal, times: Int = 2) {
        let settings = settings(terminal)
        #expect(settings.count == times && Set(settings).count == 1, "\(terminal.output.debugDescription)")
        for (on, off) in [
            ("[?1049h", "[?1049l"), ("[?25l", "[?25h"), ("[?7l", "[?7h"), ("[?2004h", "[?2004l"),
            ("[?1004h", "[?1004l"),
            ("[?1002h", "[?1002l"), ("[?1006h", "[?1006l"),
        ] {
            let ons = terminal.output.ranges(of: on)
            let offs = terminal.output.ranges(of: off)
            guard let last = offs.last, let before = ons.last else {
                Issue.record("\(on) or \(off) is missing")
                continue
            }
            #expect(before.lowerBound < last.lowerBound, "\(on)")
        }
    }

    @Test func restoresTheTerminalAtItsEnd() throws {
        let terminal = try session()
        #expect(terminal.expect("<ready"))
        terminal.type("é")
        #expect(terminal.expect("<key(Terminal.Key.character(\"é\"), "))
        terminal.resize(width: 100, height: 30)
        #expect(terminal.expect("<resize(width: 100, height: 30)>"))
        terminal.type("\u{1b}[<0;5;3M")
        #expect(terminal.expect("row: 2, column: 4"))
        terminal.type("\u{1b}")
        #expect(terminal.expect("Key.escape"))
        terminal.type("w")
        #expect(terminal.expect("<woken>"))
        terminal.type("q")
        #expect(terminal.expect("ended") && terminal.expect("status=0") && terminal.expect("over"))
        expectRestored(terminal)
    }

    /// SIGINT here is Control-C as typed.
    @Test(arguments: ["TERM", "HUP", "INT"])
    func restoresItWhenAskedToEnd(signal: String) throws {
        let terminal = try session()
        #expect(terminal.expect("<ready "))
        if signal == "INT" { terminal.type("\u{3}") } else { try send(signal, terminal) }
        #expect(terminal.expect("<terminate") && terminal.expect("status=0") && terminal.expect("over"))
        expectRestored(terminal)
    }

    @Test(arguments: [("x", "status=7"), ("t", "status=13"), ("a", "status=134"), ("o", "status=139")])
    func restoresItWhenTheProgramDies(key: String, status: String) throws {
        let terminal = try session(environment: ["SWIFT_BACKTRACE=enable=no"])
        #expect(terminal.expect("<ready"))
        terminal.type(key)
        #expect(terminal.expect(status) && terminal.expect("over"), "\(terminal.output)")
        expectRestored(terminal)
    }

    @Test(arguments: ["SEGV", "BUS", "FPE", "ILL", "TRAP", "ABRT"])
    func restoresItWhenASignalKills(signal: String) throws {
        let terminal = try session(environment: ["SWIFT_BACKTRACE=enable=no"], blocked: [SIGABRT, SIGSEGV, SIGTRAP])
        #expect(terminal.expect("<ready "))
        try send(signal, terminal)
        #expect(terminal.expect("status=1") && terminal.expect("over"))
        expectRestored(terminal)
    }

    /// The backtrace comes after the screen is back.
    @Test func leavesTheCrashToSwiftsBacktracer() throws {
        let settings = "SWIFT_BACKTRACE=enable=yes,interactive=no,color=no,symbolicate=off,threads=crashed"
        let terminal = try session(environment: [settings])
        #expect(terminal.expect("<ready"))
        terminal.type("t")
        #expect(terminal.expect("[?1049l"))
        #expect(terminal.expect("crashed"), "\(terminal.output)")
        #expect(terminal.expect("status=1") && terminal.expect("over"))
        expectRestored(terminal)
    }

    /// A program that hangs and is asked twice.
    @Test func restoresItWhenTheProgramHangs() throws {
        let terminal = try session()
        #expect(terminal.expect("<ready "))
        terminal.type("h")
        #expect(terminal.expect("\"h\""))
        try send("TERM", terminal)
        usleep(100_000)
        try send("TERM", terminal)
        #expect(terminal.expect("status=143") && terminal.expect("over"))
        expectRestored(terminal)
    }

    /// The first Control-C was told, and the program does not get to its end.
    @Test func endsAtTheSecondControlC() throws {
        // A shell with jobs takes the Control-C that ended one for its own.
        let terminal = try session("stubborn", isJob: false)
        #expect(terminal.expect("<ready "))
        terminal.type("\u{3}")
        #expect(terminal.expect("<terminate(signal: 2)>"))
        terminal.type("\u{3}")
        #expect(terminal.expect("status=130") && terminal.expect("over"))
        expectRestored(terminal)
    }

    /// A reader that takes nothing, then little: what `send` took on arrives whole and in order, and memory has a bound.
    @Test func losesNothingOnASlowLink() throws {
        let terminal = try session()
        #expect(terminal.expect("<ready "))
        terminal.type("f")
        #expect(terminal.expectSlowly("<flooded"))
        #expect(terminal.expect(">"))
        let output = terminal.output
        let said = try #require(output.firstMatch(of: /<flooded refused=(\d+) undrained=(\d+) grown=(\d+)>/))
        let refused = try #require(Int(said.1))
        let grown = try #require(Int(said.3))
        #expect(refused > 0 && said.2 != "0")
        // Of 64 MB offered at once.
        #expect(grown < 16 << 10, "KB")
        let numbers = output.matches(of: /line (\d+) \.{300}\r\n/).compactMap { Int($0.1) }
        #expect(numbers.count == 200_000 - refused)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
        terminal.type("q")
        #expect(terminal.expect("ended") && terminal.expect("over"))
        expectRestored(terminal)
    }

    @Test func stopsAndGoesOn() throws {
        let terminal = try session()
        #expect(terminal.expect("<ready "))
        // Control-Z; the shell prints the settings while the program is stopped, and continues it.
        terminal.type("\u{1a}")
        #expect(terminal.expect("[?1049l") && terminal.expect("status=148") && terminal.expect("@"))
        #expect(terminal.expect("[?1049h") && terminal.expect("<resumed>") && terminal.expect("<resize"))
        terminal.type("q")
        #expect(terminal.expect("ended") && terminal.expect("over"))
        expectRestored(terminal, times: 3)
    }

    @Test func asksTheTerminalWhatItShows() throws {
        let terminal = try session("probe", environment: ["COLORTERM=truecolor"])
        #expect(terminal.expect("[6n"))
        terminal.type("k\u{1b}[2;2R\u{1b}]11;rgb:ffff/ffff/eeee\u{1b}\\j\u{1b}[?62;22c")
        #expect(terminal.expect("<unicode light trueColor>"))
        // What was typed meanwhile.
        #expect(terminal.expect("\"k\"") && terminal.expect("\"j\""))
        terminal.type("q")
        #expect(terminal.expect("over"))
        expectRestored(terminal)
    }

    @Test func refusesWhatIsNoTerminal() {
        #expect(throws: TerminalError.notATerminal) { _ = try TerminalDevice(path: "/dev/null") }
        #expect(throws: TerminalError.notATerminal) { _ = try TerminalDevice(path: "/nonexistent") }
    }

    private func send(_ signal: String, _ terminal: PseudoTerminal) throws {
        let ready = try #require(terminal.output.firstMatch(of: /<ready (\d+)>/))
        let numbers = [
            "TERM": SIGTERM, "HUP": SIGHUP, "SEGV": SIGSEGV, "BUS": SIGBUS, "FPE": SIGFPE, "ILL": SIGILL,
            "TRAP": SIGTRAP, "ABRT": SIGABRT,
        ]
        kill(try #require(pid_t(ready.1)), try #require(numbers[signal]))
    }
}
