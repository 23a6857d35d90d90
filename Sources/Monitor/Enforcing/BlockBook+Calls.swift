import Addressing
import Containers
import Enforcement
import Policy
import Records

/// What people and rules ask for.
extension BlockBook {
    /// What a call is answered with at once; nil when it changes the ledger and is answered when the kernel has it.
    func answer(_ call: BlockCall, at time: Timestamp) -> BlockAnswer? {
        switch call {
        case .list(let withEnded):
            let standing = ledger.blocks.map { record(of: $0, .state, at: time) }
            let past = ended.map { record in
                var record = record
                record.action = .state
                record.time = time
                return record
            }
            return .blocks((withEnded ? past : []) + standing)
        case .preview(let wish, let flows): return preview(wish, flows, at: time)
        case .undoable:
            guard let last = ledger.undoable else { return .refused(.absent, LedgerError.nothingToUndo.sentence) }
            return .blocks([record(undoing: last, at: time)])
        case .add, .release, .undo, .panic: return nil
        }
    }

    /// Does what changes the ledger; gives the blocks it is about, of which the answer then tells how they stand.
    func act(_ call: BlockCall, at time: Timestamp) throws(BlockRefusal) -> [BlockIdentifier] {
        do {
            switch call {
            case .add(let wish, let author):
                let order = try order(of: wish, by: author)
                try pass(order, at: time)
                let entry = try ledger.add(order, until: time.advanced(by: wish.duration), at: time)
                note(entry)
                return [entry.block.identifier]
            case .release(let identifier, let author):
                note(try ledger.release(identifier, by: author, at: time))
                return [identifier]
            case .undo(let author, let expected):
                if let expected, let last = ledger.undoable, last.block.identifier != expected {
                    throw BlockRefusal(
                        .absent,
                        "Not undone: what was done last is not about block \(expected) any more, but about \(last.block.identifier)."
                    )
                }
                let entry = try ledger.undo(by: author, at: time)
                note(entry)
                return [entry.block.identifier]
            case .panic(let author):
                let entries = ledger.releaseAll(by: author, at: time)
                for entry in entries { note(entry) }
                hasPanicked = true
                settings.mode = .observe
                rails.mode = .observe
                remark("panic: everything is let go, and the mode is observe until the configuration is read anew")
                return entries.map(\.block.identifier)
            case .list, .preview, .undoable: return []
            }
        } catch let refusal as BlockRefusal {
            throw refusal
        } catch let error as LedgerError {
            throw BlockRefusal(error.reason, error.sentence)
        } catch {
            throw BlockRefusal(.failed, "\(error)")
        }
    }

    /// A block as it stands, and what would become of it if what was done last were taken back.
    private func record(undoing last: AuditEntry, at time: Timestamp) -> BlockRecord {
        var record = record(of: last.block, .state, at: time)
        if last.act == .added {
            record.message = "It would be let go."
        } else {
            record.state = .ended
            record.stopped = last.stopped
            // Nobody is to confirm what is refused then.
            record.message = ledger.undoFlaw(at: time).map(\.sentence) ?? "It would hold again."
        }
        return record
    }

    /// Throws what stands in its way: that nothing can be blocked here, or what guard-rails have against it.
    ///
    /// Where the right lacks, interfaces may not be known either: it would look as if nobody who is meant ran.
    private func pass(_ order: BlockOrder, at time: Timestamp) throws(BlockRefusal) {
        if let lack = kernel.lack() { throw BlockRefusal(.failed, "Not blocked: \(lack).") }
        refreshNeverBlock(at: time)
        switch rails.judge(order, circumstances(of: order), at: time) {
        case .allowed, .observed: return
        case .refused(let refusal): throw BlockRefusal(.guarded, "\(refusal)")
        }
    }

    private func preview(_ wish: BlockWish, _ flows: [ObservedFlow], at time: Timestamp) -> BlockAnswer {
        do {
            let order = try order(of: wish, by: .person(userIdentifier: 0, name: ""))
            let inventory = neighbourhood.look().inventory
            let preview = Preview(order, inventory: inventory, sparing: settings.protected, flows: flows)
            var refusal: String?
            do throws(BlockRefusal) { try pass(order, at: time) } catch { refusal = error.sentence }
            return .preview(
                BlockPreview(
                    text: preview.text,
                    ways: preview.ways,
                    cutCount: preview.cutCount,
                    seen: preview.seen,
                    refusal: refusal,
                    members: preview.placement.members.map(\.label)
                )
            )
        } catch {
            return .refused(error.reason, error.sentence)
        }
    }

    /// Who is meant, and what is known of that now.
    func circumstances(of order: BlockOrder) -> Circumstances {
        let residents = neighbourhood.look().residents
        var circumstances = Circumstances(running: residents.count)
        switch order.subject {
        case .container(let key): circumstances.subjects = residents[key].map { [$0] } ?? []
        case .selector(let selector):
            circumstances.subjects = residents.values.filter { selector.means($0) }
                .sorted { $0.container.key < $1.container.key }
        case .address: break
        }
        // How many rules have stopped matters to rules alone.
        if order.author.isPerson { return circumstances }
        for block in ledger.blocks {
            guard case .container(let key) = block.order.subject, !block.order.author.isPerson else { continue }
            circumstances.stoppedByRules.insert(key)
        }
        return circumstances
    }

    /// What is wished as an order: who is meant is looked up.
    func order(of wish: BlockWish, by author: BlockAuthor) throws(BlockRefusal) -> BlockOrder {
        let subject: BlockSubject
        switch wish.who {
        case .container(let text): subject = .container(try container(text))
        case .selector(let selector): subject = .selector(selector)
        case .address(let address): subject = .address(address)
        }
        var target = wish.target
        if let name = wish.name {
            guard case .container(let key) = subject, case .traffic(_, let traffic) = target else {
                throw BlockRefusal(.mistake, "Not blocked: a name goes with a container, by what that was answered.")
            }
            let addresses = Array(wish.answers[key.identifier] ?? [])
            target = .traffic(.domain(DomainAnswer(name: name, addresses: addresses, asker: key)), traffic)
        }
        let order = BlockOrder(subject, target, options: wish.options, reason: wish.reason, author: author)
        if let flaw = order.flaw { throw BlockRefusal(.mistake, "Not blocked: \(flaw).") }
        return order
    }

    /// The container of a name, or of the beginning of an identifier.
    private func container(_ text: String) throws(BlockRefusal) -> ContainerKey {
        let residents = neighbourhood.look().residents
        let named = residents.filter { $0.value.container.label == text || $0.value.container.shortName == text }
        let found = named.isEmpty ? residents.filter { $0.key.identifier.hasPrefix(text) } : named
        guard let one = found.keys.min() else {
            throw BlockRefusal(.absent, "Not blocked: no container \(text) runs here; portolan containers lists them.")
        }
        guard found.count == 1 else {
            let identifiers = found.keys.sorted().prefix(4).map { String($0.identifier.prefix(12)) }
            throw BlockRefusal(
                .mistake,
                "Not blocked: \(found.count) containers are called \(text): \(identifiers.joined(separator: ", "))."
            )
        }
        return one
    }
}

/// Why something that was asked for is not done.
struct BlockRefusal: Error {
    var reason: BlockAnswer.Reason
    /// With a full stop.
    var sentence: String

    init(_ reason: BlockAnswer.Reason, _ sentence: String) {
        self.reason = reason
        self.sentence = sentence
    }
}

extension LedgerError {
    fileprivate var reason: BlockAnswer.Reason {
        switch self {
        case .flawed, .over: .mistake
        case .full: .failed
        case .unknown, .nothingToUndo, .gone: .absent
        }
    }

    fileprivate var sentence: String {
        let text = "\(self)"
        return text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
    }
}
