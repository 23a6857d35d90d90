package import Addressing
import Glibc
import HTTP
package import Store

/// What an agent would answer of what is stored, without one: a database says it in the same words.
package struct DatabaseAnswers: Sendable {
    private let routes: AgentRoutes

    package init(_ store: Store, clock: @escaping @Sendable () -> Timestamp) {
        let (desk, feeds) = (Desk(), AgentFeeds())
        // Of what is now a database knows nothing.
        desk.close()
        feeds.close()
        routes = AgentRoutes(
            desk: desk,
            feeds: feeds,
            access: Access(owner: geteuid(), readers: nil),
            store: { store },
            clock: clock,
            acts: AgentActs(reload: {}, note: { _, _, _ in })
        )
    }

    /// What is asked for with GET.
    private func reply(to target: String) async -> HTTPReply {
        let peer = HTTPPeer(process: getpid(), user: geteuid(), group: getegid())
        return await routes.respond(to: HTTPRequest(method: "GET", target: target, peer: peer))
    }

    /// Why nothing is told, on one line.
    package struct Refusal: Error, CustomStringConvertible {
        package var description: String
    }

    /// Hands over each line of the answer without its end, as `HTTPClient.lines` does.
    package func lines(
        of target: String,
        _ hand: @Sendable ([UInt8]) async -> Void
    ) async throws(Refusal) {
        let reply = await reply(to: target)
        guard reply.status == 200 else {
            throw Refusal(description: ErrorText.message(reply.body) ?? "it answers with status \(reply.status)")
        }
        guard let stream = reply.stream else {
            await Self.hand(reply.body, hand)
            return
        }
        // Pieces are whole lines.
        while !Task.isCancelled, let piece = await stream.next() { await Self.hand(piece, hand) }
        stream.onEnd()
    }

    private static func hand(_ piece: [UInt8], _ hand: @Sendable ([UInt8]) async -> Void) async {
        for line in piece.split(separator: 0x0a) { await hand(Array(line)) }
    }
}
