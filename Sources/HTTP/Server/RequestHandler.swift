import NIOCore
import NIOHTTP1

/// Takes the requests of one connection, one after the other, and writes the answers.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let bodyLimit: Int
    private let respond: HTTPServer.Responder
    private var head: HTTPRequestHead?
    private var body = 0
    private var task: Task<Void, Never>?

    init(bodyLimit: Int, respond: @escaping HTTPServer.Responder) {
        self.bodyLimit = bodyLimit
        self.respond = respond
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = 0
        case .body(let part):
            body += part.readableBytes
            guard body > bodyLimit, let head else { return }
            self.head = nil
            write(.refusal(413, "the body is larger than any request here has; send none"), to: head, false, context)
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, context)
        }
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let request = HTTPRequest(method: head.method.rawValue, target: head.uri)
        let respond = respond
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        task = Task {
            let reply = await respond(request)
            loop.execute {
                let (me, context) = bound.value
                guard context.channel.isActive else { return }
                me.write(reply, to: head, head.isKeepAlive, context)
            }
        }
    }

    private func write(
        _ reply: HTTPReply,
        to request: HTTPRequestHead,
        _ isKeptAlive: Bool,
        _ context: ChannelHandlerContext
    ) {
        let isKeptAlive = isKeptAlive && reply.status < 500
        var fields: HTTPHeaders = ["Content-Type": reply.type, "Content-Length": "\(reply.body.count)"]
        fields.add(name: "Cache-Control", value: "no-store")
        if !isKeptAlive { fields.add(name: "Connection", value: "close") }
        let head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: reply.status),
            headers: fields
        )
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        // RFC 9110, section 9.3.2: to HEAD the same fields, and nothing else.
        write(request.method == .HEAD ? [] : reply.body[...], isKeptAlive, context)
    }

    /// Writes a body piece by piece, each when the one before it has been taken: however slowly a client reads, no more than a
    /// piece waits for it, and its next request is not looked at.
    private func write(_ body: ArraySlice<UInt8>, _ isKeptAlive: Bool, _ context: ChannelHandlerContext) {
        let taken = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let rest = body.dropFirst(Self.pieceSize)
        taken.futureResult.whenComplete { result in
            let (me, context) = bound.value
            guard case .success = result, context.channel.isActive else { return context.close(promise: nil) }
            if !rest.isEmpty { return me.write(rest, isKeptAlive, context) }
            let ended = context.eventLoop.makePromise(of: Void.self)
            let channel = context.channel
            if !isKeptAlive { ended.futureResult.whenComplete { _ in channel.close(promise: nil) } }
            context.writeAndFlush(me.wrapOutboundOut(.end(nil)), promise: ended)
        }
        let piece = ByteBuffer(bytes: body.prefix(Self.pieceSize))
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece))), promise: taken)
    }

    private static var pieceSize: Int { 64 << 10 }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Nothing came and nothing was taken for a while.
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        task?.cancel()
        context.fireChannelInactive()
    }
}
