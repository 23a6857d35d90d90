import Addressing
import Agent
import Containers
import Enforcement
import Glibc
import HTTP
import Monitor
import Records
import Store

/// Answers what is asked of an agent about blocks.
struct BlockService: Sendable {
    let enforcer: Enforcer
    /// The database, for the flows that go on; nil while there is none.
    let store: @Sendable () -> Store?

    func answer(_ request: BlockRequest) async -> HTTPReply {
        switch request {
        case .list(let withEnded): return reply(await enforcer.ask(.list(withEnded: withEnded)))
        case .release(let number, let peer):
            return reply(await enforcer.ask(.release(BlockIdentifier(number), by: Self.author(peer))))
        case .undoable: return reply(await enforcer.ask(.undoable))
        case .undo(let peer, let number):
            return reply(await enforcer.ask(.undo(by: Self.author(peer), of: number.map { BlockIdentifier($0) })))
        case .panic(let peer): return reply(await enforcer.ask(.panic(by: Self.author(peer))))
        case .add(let words, let isPreview, let peer):
            var wish: BlockWish
            do throws(BlockWish.Mistake) {
                wish = try BlockWish(try Self.words(words))
            } catch {
                return reply(.refused(.mistake, error.description))
            }
            if let name = wish.name { wish.answers = await answers(to: name) }
            if isPreview { return reply(await enforcer.ask(.preview(wish, flows: await flows()))) }
            return reply(await enforcer.ask(.add(wish, by: Self.author(peer))))
        }
    }

    private static func words(_ parameters: [HTTPParameter]) throws(BlockWish.Mistake) -> [String: [String]] {
        var words: [String: [String]] = [:]
        for parameter in parameters {
            guard BlockWish.names.contains(parameter.name) else {
                let known = BlockWish.names.sorted().joined(separator: ", ")
                throw BlockWish.Mistake("there is no \(parameter.name) here, but \(known), preview")
            }
            words[parameter.name, default: []].append(parameter.value)
        }
        return words
    }

    /// The person at the other end, with the name that the system's database has for him.
    static func author(_ peer: HTTPPeer?) -> BlockAuthor {
        let user = peer?.user ?? geteuid()
        return .person(userIdentifier: user, name: UserName.of(user))
    }

    /// Where containers were seen to call a name within the last day, as the database has it.
    private func answers(to name: String) async -> [String: Set<IPAddress>] {
        guard let store = store() else { return [:] }
        var query = FlowQuery()
        query.since = Timestamp(nanoseconds: Clock.now.nanoseconds - 86_400_000_000_000)
        query.isNewestFirst = true
        var found: [String: Set<IPAddress>] = [:]
        var place: FlowPlace?
        for _ in 0..<Self.pageLimit {
            let (asked, from) = (query, place)
            guard let page = try? await store.asked({ try $0.flows(asked, from: from) }) else { break }
            for record in page.records where record.destination.domain?.lowercased() == name {
                guard let container = record.identities?.source.container else { continue }
                found[container.key.identifier, default: []].insert(record.destination.address)
            }
            guard let next = page.next else { break }
            place = next
        }
        return found
    }

    /// Pages of flows that are looked through for a name.
    private static var pageLimit: Int { 256 }

    /// Flows that go on, as the database has them; none where there is no database.
    private func flows() async -> [ObservedFlow] {
        guard let store = store() else { return [] }
        var query = FlowQuery()
        query.hasEnded = false
        query.isNewestFirst = true
        let asked = query
        let page = try? await store.asked { try $0.flows(asked, limit: Self.flowLimit) }
        return page?.records.map { ObservedFlow($0) } ?? []
    }

    /// Flows that a preview looks at.
    private static var flowLimit: Int { 16_384 }

    private func reply(_ answer: BlockAnswer) -> HTTPReply {
        switch answer {
        case .blocks(let records), .done(let records):
            return HTTPReply(type: "application/x-ndjson", body: records.flatMap(\.line))
        case .preview(let preview): return HTTPReply(body: preview.line)
        case .refused(let reason, let sentence):
            let status =
                switch reason {
                case .mistake: 400
                case .absent: 404
                case .guarded: 409
                case .failed: 503
                }
            return HTTPReply(status: status, body: ErrorText.line(sentence))
        }
    }
}

extension BlockPreview {
    /// As one JSON object on a line.
    var line: [UInt8] {
        var json = JSONBuffer(capacity: 1024)
        json.beginLine()
        let preview = json.beginObject("preview")
        json.pair("text", text)
        let lines = json.beginArray("ways")
        for way in ways { json.value(way) }
        json.end(lines)
        json.pair("cut", cutCount)
        json.pair("seen", seen)
        json.pair("refusal", refusal)
        let list = json.beginArray("members")
        for member in members { json.value(member) }
        json.end(list)
        json.end(preview)
        json.endLine()
        return json.bytes
    }
}
