import Baseline
import Declarations
import Detection
import Policy

/// What is judged by: a policy with its feeds, and the baseline that it names.
struct Standards {
    var policy = CompiledPolicy(DeclaredPolicy())
    var baseline: Baseline?

    /// Nothing is declared, and nothing was learned.
    init() {}

    /// Reads the feeds of a policy, and its baseline; what of them cannot be read is told, a line each, and the rest counts.
    init(_ declared: DeclaredPolicy, tell: (String) -> Void) {
        let (feeds, reports) = FeedTables.load(declared.feeds)
        for report in reports where !report.problems.isEmpty || report.omitted > 0 || report.isCut {
            for problem in report.problems { tell(Printable.text("\(problem)")) }
            tell(Printable.text("feed \(report)"))
        }
        policy = CompiledPolicy(declared, feeds: feeds)
        guard let file = declared.baseline else { return }
        do {
            baseline = try Baseline.read(file)
        } catch {
            for line in error.lines { tell(Printable.text(line)) }
            tell("without its baseline nothing is compared with what workloads did")
        }
    }
}
