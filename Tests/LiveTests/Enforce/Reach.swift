import Foundation
import Support

/// Who answers whom over TCP, UDP and ICMP, many at a time: `Programs/reach.py`.
struct Reach {
    let place: any Place
    /// What enters a network namespace of the place, such as a container's.
    var entry: [String] = []

    init(_ place: any Place, process: Int32? = nil) {
        self.place = place
        if let process { entry = ["nsenter", "--net", "-t", "\(process)"] }
    }

    /// One question: a protocol, an address and, but for ICMP, a port.
    struct Target: Hashable, CustomStringConvertible {
        var kind: Kind
        var address: String
        var port: UInt16

        enum Kind: String, CaseIterable {
            case tcp, udp, icmp
        }

        init(_ kind: Kind, _ address: String, _ port: UInt16 = Pod.port) {
            self.kind = kind
            self.address = address
            self.port = kind == .icmp ? 0 : port
        }

        /// All three kinds, to one port where there are ports.
        static func all(_ address: String, _ port: UInt16 = Pod.port) -> [Self] {
            Kind.allCases.map { Self($0, address, port) }
        }

        var description: String { "\(kind.rawValue)/\(address)/\(port)" }
    }

    /// Asks all at once, and waits so many seconds for answers.
    func answers(_ targets: [Target], within seconds: Double = 5) throws -> Set<Target> {
        let command = entry + Self.program + ["try", "\(seconds)"] + targets.map(\.description)
        let lines = try place.output(of: command).split(separator: "\n")
        guard lines.count == targets.count else { throw LabError("\(place.name): \(lines)") }
        var reached: Set<Target> = []
        for (target, said) in zip(targets, lines) {
            switch said {
            case "yes": reached.insert(target)
            case "no": break
            default: throw LabError("\(place.name): \(target): \(said)")
            }
        }
        return reached
    }

    /// Of some that should answer, those that do not. Asked again, as a datagram may be lost while its neighbour is still looked for; what
    /// is stopped stays silent.
    func silent(_ targets: [Target]) throws -> Set<Target> {
        var silent = Set(targets)
        for round in 0..<3 where !silent.isEmpty {
            silent.subtract(try answers(targets.filter { silent.contains($0) }, within: round == 0 ? 2 : 5))
        }
        return silent
    }

    /// Listens on ports and sends back what comes, as pods of the kernel lab do.
    func serve(_ ports: UInt16...) throws -> Running {
        let running = try place.start(entry + Self.program + ["serve"] + ports.map { "\($0)" })
        try running.waitFor("ready")
        return running
    }

    /// Sends one datagram after the other for a time, all the while something is done; see `Sent`.
    func send(
        to address: String,
        for seconds: Double,
        every pause: Double,
        while act: () throws -> Void
    ) throws -> [Sent] {
        let command = entry + Self.program + ["count", "\(seconds)", address, "\(Pod.port)", "\(pause)"]
        let running = try place.start(command)
        try running.waitFor("begun")
        try act()
        let outcome = running.wait()
        guard outcome.status == 0 else { throw LabError("\(place.name): \(outcome.errors)") }
        return outcome.lines.compactMap(Sent.init)
    }

    /// A datagram that was sent.
    struct Sent {
        /// In seconds since 1970.
        var time: Double
        var wasAnswered: Bool

        init?(_ line: String) {
            let words = line.split(separator: " ")
            guard words.count == 2, let time = Double(words[0]) else { return nil }
            self.time = time
            wasAnswered = words[1] == "1"
        }
    }

    /// Begins a conversation with each of some, which goes on until `talked` is asked for.
    func talk(_ targets: [Target]) throws -> Running {
        let running = try place.start(entry + Self.program + ["hold", "0.1"] + targets.map(\.description))
        try running.waitFor("begun")
        return running
    }

    /// Ends conversations; of each, in their order, how it went.
    func talked(_ running: Running) throws -> [Talked] {
        let outcome = running.stop()
        guard outcome.status == 0 else { throw LabError("\(place.name): \(outcome.errors)") }
        return outcome.lines.compactMap(Talked.init)
    }

    /// A conversation that went on for a while.
    struct Talked: CustomStringConvertible {
        var asked: Int
        var answered: Int
        /// Seconds between the last answer and the end.
        var silence: Double

        /// Whether it went on to the end, and lost no more than a busy machine may lose.
        var wentOn: Bool { silence < 2 && asked - answered <= 3 }
        var description: String { "\(answered) of \(asked), the last \(silence) s before the end" }

        init?(_ line: String) {
            let words = line.split(separator: " ")
            guard words.count == 3, let asked = Int(words[0]), let answered = Int(words[1]),
                let silence = Double(words[2])
            else { return nil }
            (self.asked, self.answered, self.silence) = (asked, answered, silence)
        }
    }

    private static var program: [String] {
        ["/usr/bin/python3", SharedCaptures.project.appendingPathComponent("Tests/LiveTests/Programs/reach.py").path]
    }
}
