package import HTTP

/// What is asked about blocks, by people who may. What it means is for whoever keeps the blocks.
package enum BlockRequest: Sendable {
    case list(withEnded: Bool)
    /// A block, in the words of the request, or what it would do.
    case add([HTTPParameter], isPreview: Bool, HTTPPeer?)
    case release(UInt64, HTTPPeer?)
    /// What would be taken back.
    case undoable
    /// Takes it back; where a number is given, only if it is about that block.
    case undo(HTTPPeer?, of: UInt64?)
    case panic(HTTPPeer?)

    /// For the record of who asked for what.
    var word: String {
        switch self {
        case .list: "blocks"
        case .add: "block"
        case .release: "unblock"
        case .undo, .undoable: "undo"
        case .panic: "panic"
        }
    }
}

extension AgentRoutes {
    /// Why a request is not understood.
    struct Misunderstood: Error {
        let reply: HTTPReply
    }

    /// What a request asks to be done: something about blocks, or nil for the configuration to be read anew.
    static func action(of request: HTTPRequest) -> Result<BlockRequest?, Misunderstood> {
        let isPost = request.method == "POST"
        switch request.path {
        case "/v1/reload" where isPost: return .success(nil)
        case "/v1/panic" where isPost: return .success(.panic(request.peer))
        case "/v1/blocks/undo" where isPost:
            let numbers = request.form?.filter { $0.name == "number" }
            guard let numbers, numbers.count < 2, numbers.allSatisfy({ UInt64($0.value) != nil }) else {
                return .failure(Misunderstood(reply: .refusal(400, "number is that of a block, once")))
            }
            return .success(.undo(request.peer, of: numbers.first.flatMap { UInt64($0.value) }))
        case "/v1/blocks" where isPost:
            guard var words = request.form else {
                return .failure(Misunderstood(reply: .refusal(400, "what is to be blocked cannot be read")))
            }
            let isPreview = words.contains { $0.name == "preview" && $0.value != "false" && $0.value != "0" }
            words.removeAll { $0.name == "preview" }
            return .success(.add(words, isPreview: isPreview, request.peer))
        default: break
        }
        let prefix = "/v1/blocks/"
        if !isPost, request.path.hasPrefix(prefix), let number = UInt64(request.path.dropFirst(prefix.count)) {
            return .success(.release(number, request.peer))
        }
        let message: StaticString =
            """
            there is POST /v1/reload, /v1/blocks, /v1/blocks/undo, /v1/panic and /v1/cases/NUMBER/release, and DELETE \
            /v1/blocks/NUMBER
            """
        return .failure(Misunderstood(reply: .refusal(404, message)))
    }
}
