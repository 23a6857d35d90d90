import Dashboard
import Enforcement
import HTTP
import Monitor
import Records

/// What a screen asks an agent about blocks, and what the agent says.
struct BlockDoor {
    private let act: AgentAct
    private let query: AgentQuery

    init(socket: String) {
        act = AgentAct(socket: socket)
        query = AgentQuery(socket: socket)
    }

    /// Blocks as they stand, and those that ended.
    struct List {
        var blocks: [BlockRecord]?
        var older: UInt64 = 0
        var fault: String?

        func fill(_ snapshot: inout Snapshot) {
            snapshot.blocks = blocks
            snapshot.olderBlocks = older
            snapshot.blocksFault = fault
        }
    }

    /// All that is told of; of more than a snapshot may have those that ended first are left out, and counted.
    func list() -> List {
        do {
            let lines = try query.get("/v1/blocks?all=true").split(separator: 0x0a)
            var list = List(blocks: [])
            list.older = UInt64(max(lines.count - Snapshot.blockLimit, 0))
            list.blocks = lines.suffix(Snapshot.blockLimit).compactMap(Self.record)
            return list
        } catch {
            return List(fault: "The agent does not tell what is blocked: \(error)")
        }
    }

    /// Asks, and waits for the answer: what is done stands in the kernel by then.
    func answer(_ ask: BlockAsk) -> BlockReply {
        do {
            return BlockReply(ask.number, try result(of: ask.act))
        } catch {
            return BlockReply(ask.number, .refused("\(error)"))
        }
    }

    private func result(of act: BlockAsk.Act) throws -> BlockReply.Result {
        switch act {
        case .preview(let proposal):
            var target = Self.target(proposal)
            target.add("preview", "true")
            let told = try ToldPreview(try self.act.ask(.post, target.text))
            return .preview(BlockForesight(lines: told.lines, ways: told.ways, refusal: told.refusal))
        case .block(let proposal, let span, let because):
            var target = Self.target(proposal)
            target.add("for", "\(span.seconds)s")
            if !because.isEmpty { target.add("because", String(because.prefix(BlockOrder.reasonLimit))) }
            return done(try self.act.ask(.post, target.text))
        case .release(let number): return done(try self.act.ask(.delete, "/v1/blocks/\(number)"))
        case .previewUndo:
            guard let record = Self.records(try self.act.ask(.get, "/v1/blocks/undo")).first else {
                return .refused("What the agent says cannot be understood; is it of another version?")
            }
            return .undoable(record)
        case .undo(let number): return done(try self.act.ask(.post, "/v1/blocks/undo?number=\(number)"))
        }
    }

    private func done(_ body: [UInt8]) -> BlockReply.Result { .done(Self.records(body)) }

    private static func target(_ proposal: BlockProposal) -> AgentTarget {
        var target = AgentTarget("/v1/blocks")
        for word in proposal.words { target.add(word.name, word.value) }
        return target
    }

    private static func records(_ body: [UInt8]) -> [BlockRecord] {
        body.split(separator: 0x0a).compactMap(record)
    }

    private static func record(_ line: ArraySlice<UInt8>) -> BlockRecord? {
        let bytes = Array(line)
        return try? BlockRecord(reading: bytes.span)
    }
}
