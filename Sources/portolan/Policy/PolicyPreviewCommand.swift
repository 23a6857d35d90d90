import ArgumentParser
import Baseline
import Declarations
import Pipeline

/// `portolan policy preview`: what a policy would have hit.
struct PolicyPreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Play what was recorded against a policy, and say what it would have hit.",
        usage: "portolan policy preview --policy <file> [-r <file>]... [<options>]",
        discussion: """
            Reads captures, or what the agent of this host remembers, and plays it against
            a policy: a line for each rule and pair that it would have hit, the most first,
            and then how often each way out and interface was used. Changes nothing.

            Examples:

              portolan policy preview --policy policy.yaml --since 24h
              portolan policy preview --policy policy.yaml -r monday.pcap
            """
    )

    @OptionGroup var policy: PolicyOption

    @OptionGroup var observed: ObservedOptions

    @Option(
        name: .customLong("vxlan-port"),
        parsing: .singleValue,
        help: ArgumentHelp("A UDP port that carries VXLAN, besides 4789 and 8472. Repeatable.", valueName: "port"),
        transform: UDPPort.parse
    )
    var vxlanPorts: [UInt16] = []

    func validate() throws {
        if policy.file == nil { throw ValidationError("name the policy with --policy FILE") }
        if observed.files.isEmpty, !vxlanPorts.isEmpty {
            throw ValidationError("--vxlan-port goes with a capture: -r FILE")
        }
    }

    func run() throws {
        var preview: PolicyPreview
        do {
            preview = PolicyPreview(try policy.standards().policy)
        } catch {
            throw ExitCode(error.tell())
        }
        let result = ObservedReading(observed, vxlanPorts: vxlanPorts, teaches: false).read { lesson in
            guard case .conversation(let observation) = lesson else { return }
            preview.take(observation)
        }
        switch result {
        case .failure(let failure): throw ExitCode(failure.status)
        case .success: break
        }
        var output = StandardOutput()
        output.write(Self.text(preview))
        if let failure = output.conclude() { throw ExitCode(failure) }
    }

    static func text(_ preview: PolicyPreview) -> String {
        let hits = preview.result.sorted {
            $0.hit.count != $1.hit.count ? $0.hit.count > $1.hit.count : $0.pair < $1.pair
        }
        var text = "\(preview.judged) conversations, \(hits.reduce(0) { $0 + $1.hit.count }) hits\n"
        for (pair, hit) in hits {
            let whom = pair.destination.map { " -> \($0)" } ?? ""
            let services = hit.services.map { "\($0)" }.joined(separator: ", ")
            text += Printable.text("\(hit.count)  \(pair.rule)  \(pair.source)\(whom)  \(services)") + "\n"
        }
        if preview.spared > 0 { text += "\(preview.spared) hits are spared by exceptions\n" }
        if preview.omitted > 0 { text += "\(preview.omitted) hits of further pairs are not told\n" }
        for (number, uses) in preview.egressUses.enumerated() { text += "egress \(number + 1): used \(uses) times\n" }
        for (number, uses) in preview.interfaceUses.enumerated() {
            text += "interface \(number + 1): used \(uses) times\n"
        }
        return text
    }
}
