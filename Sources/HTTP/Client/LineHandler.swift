import NIOCore
import NIOHTTP1

/// Sends one request, and cuts its answer into lines as it comes.
final class LineHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = Part
    typealias OutboundOut = HTTPClientRequestPart

    /// What it hands on.
    enum Part: Sendable {
        /// The server answers, with this status.
        case opened(Int)
        /// A line without its end.
        case line([UInt8])
    }

    private let request: HTTPRequestHead
    private let limit: Int
    private let limits: PeerLimits
    private let silence: TimeAmount?
    /// The line that has begun.
    private var begun: [UInt8] = []
    private var isOver = false

    init(request: HTTPRequestHead, limit: Int, limits: PeerLimits, silence: TimeAmount?) {
        self.request = request
        self.limit = limit
        self.limits = limits
        self.silence = silence
    }

    func channelActive(context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(request)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isOver { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            limits.allowSilence(of: silence)
            context.fireChannelRead(wrapInboundOut(.opened(Int(head.status.code))))
        case .body(let part):
            limits.contentCame()
            cut(part.readableBytesView, context)
        case .end:
            isOver = true
            hand(context)
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(HTTPFailure(inAnswer: error), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.closed, context)
        context.fireChannelInactive()
    }

    private func cut(_ bytes: ByteBufferView, _ context: ChannelHandlerContext) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            guard begun.count + (end - rest.startIndex) <= limit else { return fail(.tooLarge(limit: limit), context) }
            begun.append(contentsOf: rest[..<end])
            hand(context)
            rest = rest[(end + 1)...]
        }
        guard begun.count + rest.count <= limit else { return fail(.tooLarge(limit: limit), context) }
        begun.append(contentsOf: rest)
    }

    /// Hands on the line that has begun, if there is one.
    private func hand(_ context: ChannelHandlerContext) {
        if begun.last == UInt8(ascii: "\r") { begun.removeLast() }
        guard !begun.isEmpty else { return }
        context.fireChannelRead(wrapInboundOut(.line(begun)))
        begun.removeAll(keepingCapacity: true)
    }

    /// Ends it with an error, unless it has ended.
    private func fail(_ failure: HTTPFailure, _ context: ChannelHandlerContext) {
        guard !isOver else { return }
        isOver = true
        begun = []
        context.fireErrorCaught(failure)
        context.close(promise: nil)
    }
}
