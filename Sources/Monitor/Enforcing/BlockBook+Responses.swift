import Addressing
import Enforcement
import Records

/// What rules of detectors ask for.
extension BlockBook {
    /// Blocks it where the policy, the guard-rails and the mode are for it, and says what was done, or would be, or why not.
    func respond(to trouble: Trouble, at time: Timestamp) {
        guard let request = plan.request(for: trouble.report, trouble.response, at: time) else { return }
        var circumstances = circumstances(of: request.order)
        circumstances.confidence = trouble.confidence
        circumstances.lossRatio = trouble.loss
        refreshNeverBlock(at: time)
        switch rails.judge(request.order, circumstances, at: time) {
        case .allowed:
            do throws(LedgerError) {
                let entry = try ledger.add(request.order, until: request.until, at: time)
                plan.note(request)
                note(entry)
            } catch {
                refuse(request, "\(error)", at: time)
            }
        case .observed:
            // As if it were done, so that it is said as often as it would be done.
            plan.note(request)
            tell(asked(request, .observed, "it would be blocked, were the mode enforce", at: time))
        case .refused(let refusal): refuse(request, "\(refusal)", at: time)
        }
    }

    /// Says why not, once in a while for each order.
    private func refuse(_ request: ResponsePlan.Request, _ why: String, at time: Timestamp) {
        let key = "\(request.order.author) \(request.order.subject) \(request.order.target) \(why)"
        if let last = refusals[key], 0..<Self.refusalPause ~= time.nanoseconds &- last.nanoseconds { return }
        if refusals.count >= Self.refusalLimit { refusals.removeAll() }
        refusals[key] = time
        tell(asked(request, .refused, why, at: time))
    }

    /// Nanoseconds in which the same refusal is said once, and how many are remembered.
    private static var refusalPause: Int64 { 600_000_000_000 }
    private static var refusalLimit: Int { 4096 }

    private func asked(
        _ request: ResponsePlan.Request,
        _ action: BlockRecord.Action,
        _ message: String,
        at time: Timestamp
    ) -> BlockRecord {
        let block = Block(identifier: BlockIdentifier(0), order: request.order, from: time, until: request.until)
        var record = record(of: block, action, at: time)
        record.state = .refused
        record.message = message
        return record
    }
}
