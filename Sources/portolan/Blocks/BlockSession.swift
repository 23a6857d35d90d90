import Addressing
import Enforcement
import Glibc
import HTTP
import Monitor
import Records

/// One run of `portolan block`: shows what it would do, asks, and has it done.
struct BlockSession {
    private let command: BlockCommand
    private let act: AgentAct

    init(_ command: BlockCommand) {
        self.command = command
        act = AgentAct(socket: command.agent.path)
    }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        do {
            if !command.how.yes {
                let preview = try preview()
                if command.how.preview { return tell(preview) }
                if let refusal = preview.refusal {
                    StandardError.say(Printable.text(refusal))
                    return ExitStatus.failed
                }
                guard isatty(STDIN_FILENO) == 1 else {
                    StandardError.say(
                        "without a terminal nobody can be asked: --yes says that it is meant; see portolan block --help"
                    )
                    return ExitStatus.usage
                }
                for line in preview.lines { StandardError.say(line) }
                guard Question.isAnsweredYes("Block it?") else {
                    StandardError.say("nothing is blocked")
                    return ExitStatus.failed
                }
            }
            return tell(try act.ask(.post, target(isPreview: false)))
        } catch let refusal as AgentAct.Refusal {
            StandardError.say(refusal.description)
            return refusal.status
        } catch {
            StandardError.say("\(error)")
            return ExitStatus.failed
        }
    }

    private func target(isPreview: Bool) -> String {
        var target = AgentTarget("/v1/blocks")
        for word in command.words { target.add(word.name, word.value) }
        if isPreview { target.add("preview", "true") }
        return target.text
    }

    private func preview() throws -> ToldPreview { try ToldPreview(try act.ask(.post, target(isPreview: true))) }

    private func tell(_ preview: ToldPreview) -> Int32 {
        var output = StandardOutput()
        switch command.how.output {
        case .json: output.write(preview.body.span)
        case .text:
            output.write(preview.lines.map { $0 + "\n" }.joined())
            if let refusal = preview.refusal { output.write(Printable.text(refusal) + "\n") }
        }
        return output.conclude() ?? ExitStatus.done
    }

    private func tell(_ body: [UInt8]) -> Int32 { ToldBlocks.tell(body, command.how.output) }
}

/// What an agent says a block would do.
struct ToldPreview {
    let body: [UInt8]
    private(set) var lines: [String] = []
    /// Of those the ones about the ways that are caught and left open; none from an agent that does not tell them.
    private(set) var ways: [String] = []
    private(set) var refusal: String?

    init(_ body: [UInt8]) throws {
        self.body = body
        guard case .object(let fields) = try JSONReader.read(body.span), case .object(let preview)? = fields["preview"],
            case .string(let text)? = preview["text"]
        else {
            throw AgentQuery.Failure(description: "what the agent says cannot be understood; is it of another version?")
        }
        lines = text.split(separator: "\n").map { Printable.text(String($0)) }
        if case .array(let told)? = preview["ways"] {
            ways = told.compactMap { if case .string(let text) = $0 { Printable.text(text) } else { nil } }
        }
        if case .string(let refusal)? = preview["refusal"] { self.refusal = refusal }
    }
}

/// Blocks as an agent tells them, written out.
enum ToldBlocks {
    /// A line for each block: what was done, or how it stands. Returns the exit status.
    static func tell(_ body: [UInt8], _ format: OutputFormat) -> Int32 {
        var output = StandardOutput()
        switch format {
        case .json: output.write(body.span)
        case .text:
            for record in read(body) { output.write(line(record) + "\n") }
        }
        return output.conclude() ?? ExitStatus.done
    }

    /// Those of some lines of JSON; a line that cannot be read is said and left out.
    static func read(_ body: [UInt8]) -> [BlockRecord] {
        body.split(separator: 0x0a).compactMap { line in
            let bytes = Array(line)
            guard let record = try? BlockRecord(reading: bytes.span) else {
                StandardError.say(AgentRemark.text(bytes))
                return nil
            }
            return record
        }
    }

    private static func line(_ record: BlockRecord) -> String {
        let what = "\(record.block.identifier): \(record.who) \(BlockLine.what(record.block.order))"
        switch record.state {
        case .ended: return Printable.text("block \(what) is let go, \(record.stopped.packets) packets stopped")
        case .waiting: return Printable.text("block \(what) is made; nobody it means runs now\(end(record))")
        case .holds: return Printable.text("block \(what) holds\(end(record))")
        case .pending: return Printable.text("block \(what) is made, and not read back yet")
        case .failsOpen: return Printable.text("block \(what) FAILS OPEN: \(record.message ?? "not all of it stands")")
        case .refused: return Printable.text("block \(what) is refused: \(record.message ?? "")")
        }
    }

    private static func end(_ record: BlockRecord) -> String {
        guard let until = record.block.until else { return "" }
        return ", for \(Quantity.age(max(0, until.nanoseconds - Clock.now.nanoseconds)))"
    }
}
