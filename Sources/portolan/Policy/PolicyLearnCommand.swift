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
        usage: "portolan policy learn [-r <file>]... [-i <interface>]... [--baseline <file>] [<options>]",
        discussion: """
            Reads captures, watches this host, or asks its agent for what it remembers, and
            writes for each workload (image and labels) whom it calls, which names it looks
            up, and which services it has. What was lost meanwhile is part of it. With
            --baseline it goes on where that one ended. Read it before you rely on it: an
            attacker who was there while it was learned is in it.

            With -i, or any other option of a capture, it captures by itself until
            --duration is over or Ctrl-C (SIGINT, SIGTERM) ends it, and writes then; -i any
            is all interfaces. That needs the capabilities of portolan observe.

            Examples:

              portolan policy learn --since 24h > baseline.yaml
              portolan policy learn -i any --duration 86400 > baseline.yaml
              portolan policy learn -r monday.pcap --identity monday.jsonl > baseline.yaml
              portolan policy learn --since 7d --baseline baseline.yaml > better.yaml
            """
    )

    @OptionGroup var observed: ObservedOptions

    @OptionGroup var live: LiveOptionsGroup

    @Option(
        help: ArgumentHelp("A baseline to go on with.", valueName: "file"),
        completion: .file(extensions: ["yaml"])
    )
    var baseline: String?

    func validate() throws {
        if isLive {
            guard observed.files.isEmpty else {
                throw ValidationError("a capture is read, or this host is watched: no -i and what goes with it with -r")
            }
            guard !observed.asks else {
                throw ValidationError(
                    "what was is asked for, or what comes is watched: no --since, --until, --socket and --database with -i"
                )
            }
        } else if observed.files.isEmpty, !live.vxlanPorts.isEmpty {
            throw ValidationError("--vxlan-port goes with -r FILE or -i INTERFACE")
        }
    }

    /// Whether anything is said that only a capture can do.
    private var isLive: Bool {
        var live = live
        live.vxlanPorts = []
        return !live.isPlain
    }

    func run() throws {
        var lessons = BaselineLessons()
        if let baseline {
            do {
                lessons = BaselineLessons(BaselineLearner(continuing: try Baseline.read(baseline)))
            } catch {
                throw ExitCode(error.tell())
            }
        }
        var forgotten = 0
        let take = { (lesson: Lesson) in
            switch lesson {
            case .conversation(let observation): lessons.take(observation)
            case .answer(let answer): lessons.take(answer)
            case .lookup(let lookup):
                if lookup.isOneOfSeveral { forgotten += 1 }
                lessons.take(lookup)
            case .entry(let entry): lessons.take(entry)
            case .earlier(let entry): lessons.prepare(entry)
            case .beginning(let time): lessons.begin(at: time)
            case .gap, .namesLeftOut: break
            }
        }
        var status = ExitStatus.done
        let result =
            isLive
            ? LiveLessons(live).read(take)
            : ObservedReading(observed, vxlanPorts: live.vxlanPorts, teaches: true).read(take)
        switch result {
        case .failure(let failure):
            guard let loss = failure.loss else { throw ExitCode(failure.status) }
            lessons.add(loss)
            status = failure.status
        case .success(let loss): lessons.add(loss)
        }
        let learned = lessons.learner.baseline
        var output = StandardOutput()
        output.write(learned.text)
        StandardError.say(Self.summary(learned))
        if forgotten > 0 { StandardError.say(Self.remark(ofNamesForgotten: forgotten)) }
        if let failure = output.conclude() { throw ExitCode(failure) }
        if status != ExitStatus.done { throw ExitCode(status) }
    }

    /// Of how many conversations nobody remembers all names, and what that means.
    static func remark(ofNamesForgotten count: Int) -> String {
        "of what was asked of resolvers the first name of each conversation is remembered; \(count) may have had more, "
            + "and which names their workloads look up is not judged"
    }

    /// One line: how much was seen, and what was not.
    static func summary(_ baseline: Baseline) -> String {
        var loss = "losses not known"
        if let received = baseline.loss.received, let dropped = baseline.loss.dropped, received &+ dropped > 0 {
            let share = Quantity.share(dropped, of: received &+ dropped)
            loss = dropped == 0 ? "no packets lost" : "\(Quantity.count(dropped)) packets lost, \(share)"
        }
        let gaps = baseline.loss.gaps > 0 ? ", \(baseline.loss.gaps) gaps" : ""
        return "\(baseline.profiles.count) workloads, \(baseline.conversations) conversations that were answered and "
            + "\(baseline.unanswered) that were not; \(loss)\(gaps)"
    }
}
