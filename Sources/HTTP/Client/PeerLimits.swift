import NIOCore

/// Ends a connection whose other end takes too long, or sends much that is no content.
///
/// It stands before the decoder, so that what the decoder would hold back counts too. Used on its event loop only.
final class PeerLimits: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let overhead: Int
    /// Bytes that may still come before the next of content.
    private var left: Int
    private var patience: TimeAmount?
    /// When the time that counts began: the connection's start, or the last bytes.
    private var since: NIODeadline = .now()
    private var countsSilence = false
    private var timer: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    init(overhead: Int, time: TimeAmount) {
        self.overhead = overhead
        left = overhead
        patience = time
    }

    /// Content came: what is no content counts from nought again.
    func contentCame() {
        left = overhead
    }

    /// From now on only silence ends the connection, when it lasts this long; nil: nothing does.
    func allowSilence(of patience: TimeAmount?) {
        self.patience = patience
        countsSilence = true
        since = context?.eventLoop.now ?? .now()
        timer?.cancel()
        startTimer()
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        since = context.eventLoop.now
        startTimer()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        left -= unwrapInboundIn(data).readableBytes
        if countsSilence { since = context.eventLoop.now }
        // Content in these very bytes is seen by the handlers that follow, and counts before the next are judged.
        context.fireChannelRead(data)
        if left < 0 { end(.tooLarge(limit: overhead)) }
    }

    private func startTimer() {
        guard let context, let patience else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: since + patience) { self.check() }
    }

    private func check() {
        guard let context, let patience else { return }
        if context.eventLoop.now - since < patience { return startTimer() }
        end(.timedOut)
    }

    /// Tells the handlers that follow, then closes.
    private func end(_ failure: HTTPFailure) {
        guard let context else { return }
        patience = nil
        context.fireErrorCaught(failure)
        context.close(promise: nil)
    }
}
