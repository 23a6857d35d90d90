import Baseline
import Monitor
import Pipeline
import Records

/// What passes on this host, until a signal comes or the time is over.
struct LiveLessons {
    private let options: LiveOptionsGroup

    init(_ options: LiveOptionsGroup) { self.options = options }

    /// Hands it over as it comes; returns what was lost, or the exit status when it could not go on.
    func read(_ take: @escaping (Lesson) -> Void) -> Result<CaptureLoss, ObservedReading.Failure> {
        Interrupt.watch()
        var loss = CaptureLoss()
        let sink = ObservationSink { lesson in
            switch lesson {
            case .gap(let gap):
                loss.gaps += 1
                StandardError.say(gap.remark)
            case .namesLeftOut:
                loss.gaps += 1
                StandardError.say("too much comes at a time: names that are looked up now are not seen")
            default: break
            }
            take(lesson)
        }
        var hasBegun = false
        do {
            let summary = try LiveRun(options, settings: options.settings).run(
                into: sink,
                opened: { _ in
                    hasBegun = true
                    guard options.duration == nil else { return }
                    StandardError.say("learning until Ctrl-C or SIGTERM; then the baseline is written")
                }
            )
            loss.add(summary)
            return .success(loss)
        } catch {
            StandardError.say("\(error)")
            let status = LiveFailure.status(of: error)
            return .failure(ObservedReading.Failure(status: status, loss: hasBegun ? loss : nil))
        }
    }
}

extension CaptureLoss {
    /// Adds what a live capture says of itself in the end. What the kernel still held then nobody has read.
    fileprivate mutating func add(_ summary: CaptureSummary) {
        received = summary.frames
        dropped = summary.dropped.map { dropped in
            dropped &+ (summary.interfaceDropped ?? 0) &+ (summary.unread ?? 0)
        }
    }
}
