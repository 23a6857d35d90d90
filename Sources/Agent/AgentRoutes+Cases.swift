import HTTP
import Store

/// What is kept until somebody lets it go.
extension AgentRoutes {
    func cases(_ request: HTTPRequest) async throws -> HTTPReply {
        let isAll = try Parameters(request, names: ["all"], now: clock()).flag("all")
        guard let store = store() else {
            return .nothingRemembered
        }
        let packets = acts.packets
        let body = try await store.asked { try CaseLines.list($0, isAll: isAll, packets) }
        return HTTPReply(type: "application/x-ndjson", body: body)
    }

    func caseDetail(_ number: UInt64, _ request: HTTPRequest) async throws -> HTTPReply {
        _ = try Parameters(request, names: [], now: clock())
        guard let store = store() else {
            return .nothingRemembered
        }
        let packets = acts.packets
        guard let body = try await store.asked({ try CaseLines.detail($0, number, packets) }) else {
            return HTTPReply(status: 404, body: ErrorText.line("there is no case \(number)"))
        }
        return HTTPReply(type: "application/x-ndjson", body: body)
    }

    /// The number in a path, between what stands before it and behind it; nil when there is none.
    static func number(in path: String, between prefix: String, and suffix: String) -> UInt64? {
        guard path.hasPrefix(prefix), path.hasSuffix(suffix) else { return nil }
        return UInt64(path.dropFirst(prefix.count).dropLast(suffix.count))
    }
}
