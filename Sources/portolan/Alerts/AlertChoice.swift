import ArgumentParser
import Records

/// Which alerts are told.
struct AlertChoice: ParsableArguments {
    @Option(
        help: ArgumentHelp("Only those at least that severe: a word, or a number from 0 to 100.", valueName: "severity")
    )
    var severity: String?

    @Option(
        help: ArgumentHelp(
            "Only of these rules or categories, separated by commas: scan.vertical,flood.",
            valueName: "rules"
        )
    )
    var rule: String?

    func validate() throws {
        var filter = AlertFilter()
        if let severity, AlertFilter.severity(severity) == nil {
            throw ValidationError("--severity is low, medium, high, critical, or a number from 0 to 100")
        }
        if let rule, !filter.ask(rules: rule) {
            throw ValidationError("--rule wants rules or categories, separated by commas: scan.vertical,flood")
        }
    }

    /// What is asked for; both words are known to be good.
    var filter: AlertFilter {
        var filter = AlertFilter()
        filter.leastSeverity = severity.flatMap(AlertFilter.severity) ?? 0
        if let rule { _ = filter.ask(rules: rule) }
        return filter
    }
}
