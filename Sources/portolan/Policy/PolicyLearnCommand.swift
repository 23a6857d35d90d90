import ArgumentParser
import Baseline
import Declarations
import Detection
import Pipeline

/// `portolan policy learn`: what workloads do when all is well.
struct PolicyLearnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Learn what each workload does, and write it as a baseline.",
        usage: "portolan policy learn [-r <file>]... [--baseline <file>] [<options>]",
        discussion: """
            Reads captures, or what the agent of this host remembers, and writes for each
            workload (image and labels) whom it calls, which names it looks up, and which
            services it has. What was lost meanwhile is part of it. With --baseline it goes
            on where that one ended. Read it before you rely on it: an attacker who was
            there while it was learned is in it.

            Examples:

              portolan policy learn --since 24h > baseline.yaml
              portolan policy learn -r monday.pcap --identity monday.jsonl > baseline.yaml
              portolan policy learn --since 7d --baseline baseline.yaml > better.yaml
            """
    )

    @OptionGroup var observed: ObservedOptions

    @Option(
        help: ArgumentHelp("A baseline to go on with.", valueName: "file"),
        completion: .file(extensions: ["yaml"])
    )
    var baseline: String?

    func run() throws {
        var lessons = BaselineLessons()
        if let baseline {
            do {
                lessons = BaselineLessons(BaselineLearner(continuing: try Baseline.read(baseline)))
            } catch {
                throw ExitCode(error.tell())
            }
        }
        let result = ObservedReading(observed).read { lesson in
            switch lesson {
            case .conversation(let observation): lessons.take(observation)
            case .answer(let answer): lessons.take(answer)
            case .entry(let entry): lessons.take(entry)
            case .gap: break
            }
        }
        switch result {
        case .failure(let failure): throw ExitCode(failure.status)
        case .success(let loss): lessons.add(loss)
        }
        let learned = lessons.learner.baseline
        var output = StandardOutput()
        output.write(learned.text)
        StandardError.say(Self.summary(learned))
        if let failure = output.conclude() { throw ExitCode(failure) }
    }

    /// One line: how much was seen, and what was not.
    static func summary(_ baseline: Baseline) -> String {
        var loss = "losses not known"
        if let received = baseline.loss.received, let dropped = baseline.loss.dropped, received &+ dropped > 0 {
            loss = "\(Quantity.share(dropped, of: received &+ dropped)) of the packets lost"
        }
        let gaps = baseline.loss.gaps > 0 ? ", \(baseline.loss.gaps) gaps" : ""
        return "\(baseline.profiles.count) workloads, \(baseline.conversations) conversations that were answered and "
            + "\(baseline.unanswered) that were not; \(loss)\(gaps)"
    }
}
