import NIOCore
import NIOHTTP1

/// Sends one request, and puts its answer together.
final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let request: HTTPRequestHead
    private let limit: Int
    private let limits: PeerLimits
    /// Nil once it is kept.
    private var answer: EventLoopPromise<HTTPAnswer>?
    private var status = 0
    private var body: [UInt8] = []

    init(request: HTTPRequestHead, limit: Int, limits: PeerLimits, answer: EventLoopPromise<HTTPAnswer>) {
        self.request = request
        self.limit = limit
        self.limits = limits
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(request)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            status = Int(head.status.code)
        case .body(let part):
            limits.contentCame()
            guard body.count + part.readableBytes <= limit else {
                return end(.failure(.tooLarge(limit: limit)), context)
            }
            body.append(contentsOf: part.readableBytesView)
        case .end:
            end(.success(HTTPAnswer(status: status, body: body)), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.failure(HTTPFailure(inAnswer: error)), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.failure(.closed), context)
    }

    /// Also when connecting fails: then nothing else is called.
    func handlerRemoved(context: ChannelHandlerContext) {
        keep(.failure(.closed))
    }

    private func end(_ outcome: Result<HTTPAnswer, HTTPFailure>, _ context: ChannelHandlerContext) {
        keep(outcome)
        context.close(promise: nil)
    }

    private func keep(_ outcome: Result<HTTPAnswer, HTTPFailure>) {
        guard let answer else { return }
        self.answer = nil
        body = []
        answer.completeWith(outcome.mapError { $0 as any Error })
    }
}
