import NIOCore
import NIOHTTP1

/// Takes the requests of one connection, one after the other, and has them answered.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    let parts: ServerParts
    let patience: ClientPatience
    private let channel: any Channel
    private let peer: HTTPPeer?
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    /// What makes the answer, or its next piece.
    var task: Task<Void, Never>?
    /// What is being sent piece by piece, until it is told that this is over.
    private var stream: HTTPStream?

    init(_ channel: any Channel, peer: HTTPPeer?, _ parts: ServerParts) {
        self.channel = channel
        self.peer = peer
        self.parts = parts
        patience = ClientPatience(channel.eventLoop, limit: TimeAmount(parts.limits.silence)) {
            channel.close(promise: nil)
        }
    }

    var isStreaming: Bool { stream != nil }

    /// Ends the connection, whatever is under way.
    func close() { channel.close(promise: nil) }

    func handlerAdded(context: ChannelHandlerContext) { patience.begin() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
            patience.begin()
        case .body(let part):
            patience.begin()
            guard let head else { return }
            if body.count + part.readableBytes <= parts.limits.body {
                body.append(contentsOf: part.readableBytesView)
                return
            }
            self.head = nil
            body = []
            let refusal = HTTPReply.refusal(413, "the body is larger than any request here has")
            write(refusal, to: Exchange(head, mayBeKept: false), context)
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, context)
        }
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        parts.table.becameBusy(self)
        patience.pause()
        var request = HTTPRequest(method: head.method.rawValue, target: head.uri, peer: peer)
        request.body = body
        body = []
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let parts = parts
        task = Task {
            await parts.table.whileAnswering {
                let reply = await parts.respond(request)
                let isAlive = parts.gate.execute {
                    let (me, context) = bound.value
                    me.begin(reply, to: Exchange(head, mayBeKept: reply.status < 500), context)
                }
                if !isAlive { reply.stream?.onEnd() }
            }
        }
    }

    private func begin(_ reply: HTTPReply, to exchange: Exchange, _ context: ChannelHandlerContext) {
        guard context.channel.isActive, !parts.table.isStopping || reply.stream == nil else {
            reply.stream?.onEnd()
            return close()
        }
        stream = reply.stream
        write(reply, to: exchange, context)
    }

    /// Tells what streams that it is over; a second time nobody.
    func endStream() {
        guard let stream else { return }
        self.stream = nil
        stream.onEnd()
    }

    /// After it the connection is idle, and the next request may be looked at: perhaps before this returns.
    func becomeIdle() {
        endStream()
        task = nil
        parts.table.becameIdle(self)
        patience.begin()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        giveUp()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { giveUp() }

    private func giveUp() {
        patience.end()
        task?.cancel()
        endStream()
    }
}
