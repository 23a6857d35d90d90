import Addressing
import Agent
import Glibc
import HTTP
import Monitor
import Records
import Store

/// Lets go of cases for whoever asks it of an agent.
struct CaseService: Sendable {
    /// Who writes; nil where nothing is remembered.
    let keeper: StoreKeeper?

    func release(_ number: UInt64, _ peer: HTTPPeer?) async -> HTTPReply {
        guard let keeper, let store = keeper.store else {
            return .nothingRemembered
        }
        let user = peer?.user ?? geteuid()
        do {
            guard let record = try await store.asked({ try $0.case(number) }) else {
                return reply(404, "there is no case \(number)")
            }
            if let by = record.releasedBy { return reply(409, "case \(number) was let go already, by \(by)") }
            let now = Clock.now
            var batch = StoreBatch()
            batch.releases = [CaseRelease(number, at: now, by: "\(BlockService.author(peer))")]
            var audit = AuditRecord(time: now, actor: "uid \(user)", act: "release", outcome: "done")
            audit.record = "{\"case\":\(number)}"
            batch.audit = [audit]
            let written = batch
            await withCheckedContinuation { continuation in
                keeper.put(written) { continuation.resume() }
            }
            guard let after = try await store.asked({ try $0.case(number) }), after.released != nil else {
                return reply(503, "case \(number) is not let go yet: the database takes nothing at present")
            }
            // Of two who ask at once one does it.
            if after.released != now, let by = after.releasedBy {
                return reply(409, "case \(number) was let go already, by \(by)")
            }
            return HTTPReply(type: "application/x-ndjson", body: after.line)
        } catch {
            return reply(503, "\(error)")
        }
    }

    private func reply(_ status: Int, _ message: String) -> HTTPReply {
        HTTPReply(status: status, body: ErrorText.line(message))
    }
}
