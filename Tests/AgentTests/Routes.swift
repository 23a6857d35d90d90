import Addressing
import Agent
import Flows
import Foundation
import HTTP
import Records
import Store
import Synchronization

/// Routes of an agent that nobody runs: what they lead to is the test's.
final class Routes: Sendable {
    static let root = HTTPPeer(process: 1, user: 0, group: 0)
    static let stranger = HTTPPeer(process: 2, user: 65_534, group: 65_534)

    let routes: AgentRoutes
    let feeds = AgentFeeds()
    let notes = Mutex<[String]>([])
    let reloads = Atomic<Int>(0)

    init(desk: Desk = Desk(), store: Store? = nil, readers: UInt32? = nil, now: Int64 = 1_000_000_000_000) {
        let late = Late()
        routes = AgentRoutes(
            desk: desk,
            feeds: feeds,
            access: Access(owner: 0, readers: readers),
            store: { store },
            clock: { Timestamp(nanoseconds: now) },
            acts: AgentActs(reload: { late.me?.reloads.add(1, ordering: .relaxed) }) { actor, act, outcome in
                late.me?.notes.withLock { $0.append("\(actor) \(act) \(outcome)") }
            }
        )
        late.me = self
    }

    /// What is known only afterwards.
    private final class Late: @unchecked Sendable {
        weak var me: Routes?
    }

    func ask(_ target: String, method: String = "GET", as peer: HTTPPeer? = Routes.root) async -> HTTPReply {
        await routes.respond(to: HTTPRequest(method: method, target: target, peer: peer))
    }

    /// All lines of an answer that comes to an end.
    func lines(_ target: String) async -> [String] {
        let reply = await ask(target)
        var bytes = reply.body
        while let piece = await reply.stream?.next() { bytes += piece }
        reply.stream?.onEnd()
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    static func flow(_ number: UInt64, last: Int64 = 0, action: FlowAction = .ended, port: UInt16 = 80) -> FlowRecord {
        let source = FlowTranslation.End(address: .v4(IPv4Address(bits: 0x0a00_0001)), port: 40_000)
        let destination = FlowTranslation.End(address: .v4(IPv4Address(bits: 0x0a00_0002)), port: port)
        return FlowRecord(
            action: action,
            identifier: FlowIdentifier(bits: number),
            first: Timestamp(nanoseconds: last * 1_000_000_000),
            last: Timestamp(nanoseconds: last * 1_000_000_000),
            source: FlowRecord.End(source, packets: 1, bytes: 60),
            destination: FlowRecord.End(destination, packets: 0, bytes: 0),
            protocolNumber: 6
        )
    }

    /// The names of flows on lines, as numbers.
    static func numbers(_ lines: [String]) -> [UInt64] {
        lines.compactMap { line in
            let bytes = Array(line.utf8)
            return (try? FlowRecord(reading: bytes.span))?.identifier.bits
        }
    }
}
