import NIOCore
import NIOHTTP1

extension RequestHandler {
    /// The most of an answer that waits for a client, in bytes.
    private static var pieceSize: Int { 64 << 10 }

    func write(_ reply: HTTPReply, to exchange: Exchange, _ context: ChannelHandlerContext) {
        let isKept = exchange.isKept(after: reply)
        context.write(wrapOutboundOut(.head(exchange.head(of: reply))), promise: nil)
        if exchange.isHead { return finish(isKept, context) }
        if let stream = reply.stream {
            context.flush()
            return ask(stream, isKept, context)
        }
        write(reply.body[...], context) { self.finish(isKept, context) }
    }

    /// Waits for the next piece of a stream, and not for the client.
    private func ask(_ stream: HTTPStream, _ isKept: Bool, _ context: ChannelHandlerContext) {
        patience.pause()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let gate = parts.gate
        task = Task {
            let piece = await stream.next()
            // A closed gate means that the stream was told of its end.
            _ = gate.execute {
                let (me, context) = bound.value
                guard context.channel.isActive, me.isStreaming else { return }
                guard let piece else { return me.finish(isKept, context) }
                if piece.isEmpty { return me.ask(stream, isKept, context) }
                me.write(piece[...], context) { me.ask(stream, isKept, context) }
            }
        }
    }

    /// Writes bytes piece by piece, each when the one before it has been taken: however slowly a client reads, no more than a
    /// piece waits for it, and its next request is not looked at.
    private func write(_ bytes: ArraySlice<UInt8>, _ context: ChannelHandlerContext, _ then: @escaping () -> Void) {
        patience.begin()
        let taken = context.eventLoop.makePromise(of: Void.self)
        let rest = bytes.dropFirst(Self.pieceSize)
        taken.futureResult.assumeIsolated().whenComplete { result in
            guard case .success = result, context.channel.isActive else { return context.close(promise: nil) }
            if rest.isEmpty { then() } else { self.write(rest, context, then) }
        }
        let piece = ByteBuffer(bytes: bytes.prefix(Self.pieceSize))
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece))), promise: taken)
    }

    private func finish(_ isKept: Bool, _ context: ChannelHandlerContext) {
        becomeIdle()
        let ended = context.eventLoop.makePromise(of: Void.self)
        let channel = context.channel
        if !isKept { ended.futureResult.whenComplete { _ in channel.close(promise: nil) } }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: ended)
    }
}
