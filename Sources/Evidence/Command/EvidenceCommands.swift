import Addressing

/// The commands that show what a report says, of one source and one period.
struct EvidenceCommands {
    let source: EvidenceSource
    var span: ReportSpan

    /// How a command is told which agent to ask; nothing where it asks that anyway.
    private static func at(_ socket: String, _ isUsual: Bool) -> [String] {
        isUsual ? [] : ["--socket", PathWord.of(socket)]
    }

    /// A line for each flow that was there in the period.
    func flows(_ filter: [String] = []) -> ShellCommand {
        switch source {
        case .agent(let socket, let isUsual):
            ShellCommand(
                ["portolan", "observe"] + Self.at(socket, isUsual) + period + filter + [
                    "-o", "json",
                ]
            )
        case .database(let path, _, _):
            ShellCommand(["portolan", "observe", "--database", PathWord.of(path)] + period + filter + ["-o", "json"])
        case .captures(let captures):
            ShellCommand(["portolan", "replay"] + words(of: captures, policy: false) + filter + ["-o", "json"])
                .piped("grep", "-F", #""action":"flow_ended""#)
        }
    }

    /// A line for each alert of some rules or categories; of a moment, where the source can tell one.
    func alerts(_ rules: [String], at time: Timestamp? = nil) -> ShellCommand {
        let asked = ["--rule", rules.joined(separator: ","), "-o", "json"]
        let period = time.map { ["--since", ReportSpan.text($0), "--until", ReportSpan.text($0)] } ?? period
        switch source {
        case .agent(let socket, let isUsual):
            return ShellCommand(
                ["portolan", "alerts"] + Self.at(socket, isUsual) + period + asked
            )
        case .database(let path, _, _):
            return ShellCommand(["portolan", "alerts", "--database", PathWord.of(path)] + period + asked)
        case .captures(let captures):
            return ShellCommand(["portolan", "alerts"] + words(of: captures, policy: true) + asked)
        }
    }

    /// Lines of the journal that hold a text; nil where there is no journal.
    func journal(_ part: String) -> ShellCommand? {
        switch source {
        case .agent(let socket, _):
            ask(socket, "journal", ["whole=true"]).piped("grep", "-E", part)
        case .database(let path, let first, let keepsCases):
            sql(
                path,
                "SELECT line FROM \(Self.whole("journal", "id, time, line", keepsCases)) "
                    + "WHERE id >= \(first ?? 0) AND time <= \(span.until.nanoseconds)"
                    + (keepsCases ? " ORDER BY id" : "")
            ).piped("grep", "-E", part)
        case .captures(let captures):
            captures.identity.map { ShellCommand(["grep", "-E", part, PathWord.of($0)]) }
        }
    }

    /// Gaps of a reason; nil where nobody keeps them.
    func gaps(_ reason: String) -> ShellCommand? {
        switch source {
        case .agent(let socket, _):
            return ask(socket, "gaps", []).piped("grep", "-F", "\"reason\":\"\(reason)\"")
        case .database(let path, _, let keepsCases):
            let when = "time BETWEEN \(span.since.nanoseconds) AND \(span.until.nanoseconds)"
            let columns = "id, time, since, reason, interface, netns, received, dropped, if_dropped, records"
            let gaps = Self.whole("gaps", columns, keepsCases)
            return sql(path, "SELECT * FROM \(gaps) WHERE \(when) AND reason = '\(reason)'")
        case .captures: return nil
        }
    }

    /// All blocks that the source knows of the period, or one by its number.
    func blocks(_ number: UInt64? = nil) -> ShellCommand? {
        switch source {
        case .agent(let socket, let isUsual):
            let all = ShellCommand(
                ["portolan", "blocks"] + Self.at(socket, isUsual) + ["--all", "-o", "json"]
            )
            return number.map { all.piped("grep", "-E", #""block":\{"id":\#($0)[,}]"#) } ?? all
        case .database(let path, _, let keepsCases):
            let when = "time <= \(span.until.nanoseconds) AND (removed IS NULL OR removed >= \(span.since.nanoseconds))"
            let blocks = Self.whole("blocks", "id, time, removed, record", keepsCases)
            return sql(path, "SELECT record FROM \(blocks) WHERE \(number.map { "id = \($0)" } ?? when)")
        case .captures: return nil
        }
    }

    /// What is known of losses.
    var losses: ShellCommand {
        switch source {
        case .agent(let socket, let isUsual):
            ShellCommand(
                ["portolan", "status"] + Self.at(socket, isUsual) + ["-o", "json"]
            )
        case .database: gaps("capture") ?? flows()
        case .captures(let captures):
            ShellCommand(["portolan", "replay"] + words(of: captures, policy: false) + ["-o", "json"])
                .piped("tail", "-n", "1")
        }
    }

    private var period: [String] { ["--since", span.sinceText, "--until", span.untilText] }

    private func words(of captures: EvidenceSource.Captures, policy: Bool) -> [String] {
        var words = captures.files.flatMap { ["-r", PathWord.of($0)] }
        if let identity = captures.identity { words += ["--identity", PathWord.of(identity)] }
        if policy, let policy = captures.policy { words += ["--policy", PathWord.of(policy)] }
        return words
    }

    /// curl(1): what stands behind -d becomes the query with -G.
    private func ask(_ socket: String, _ path: String, _ more: [String]) -> ShellCommand {
        let asked = ["since=\(span.sinceText)", "until=\(span.untilText)"] + more
        return ShellCommand(
            ["curl", "-sG", "--unix-socket", PathWord.of(socket), "http://localhost/v1/\(path)"]
                + asked.flatMap { ["-d", $0] }
        )
    }

    /// A table of the database, with what cases keep of it.
    private static func whole(_ table: String, _ columns: String, _ keepsCases: Bool) -> String {
        keepsCases ? "(SELECT \(columns) FROM \(table) UNION ALL SELECT \(columns) FROM case_\(table))" : table
    }

    private func sql(_ path: String, _ statement: String) -> ShellCommand {
        ShellCommand(["sqlite3", "-readonly", PathWord.of(path), statement])
    }
}

/// A path that no program takes for an option, or for anything but a file: sqlite3(1) knows `file:` and `:memory:`.
enum PathWord {
    static func of(_ path: String) -> String {
        path.hasPrefix("-") || path.hasPrefix("file:") || path.hasPrefix(":") ? "./" + path : path
    }
}

/// Text as a part of an extended regular expression that matches just it. regex(7)
enum PatternText {
    static func of(_ text: String) -> String {
        var pattern = ""
        for character in text {
            if #".[]{}()\*+?^$|"#.contains(character) { pattern += "\\" }
            pattern.append(character)
        }
        return pattern
    }
}
