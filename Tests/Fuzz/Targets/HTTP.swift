import Addressing
import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import Agent
@testable import HTTP

/// What a client sends to the agent, or a runtime answers to us; the first byte says which.
func fuzzHTTP(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let input = unsafe FuzzInput(start, count) else { return -1 }
    let channel = EmbeddedChannel()
    defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
    do {
        let pipeline = channel.pipeline.syncOperations
        if input.choice & 1 == 0 {
            try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
            try pipeline.addHandler(Asking())
        } else {
            try pipeline.addHTTPClientHandlers()
        }
        channel.pipeline.fireChannelActive()
        // In two pieces, so that what is cut anywhere is seen.
        let half = input.bytes.count * (input.choice >> 1) / 128
        try channel.writeInbound(ByteBuffer(bytes: input.bytes[..<half]))
        try channel.writeInbound(ByteBuffer(bytes: input.bytes[half...]))
    } catch {
        // Refused.
    }
    return 0
}

/// Takes requests apart as the agent does.
private final class Asking: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private var request: HTTPRequest?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = HTTPRequest(method: head.method.rawValue, target: head.uri)
        case .body(let part): request?.body += part.readableBytesView
        case .end:
            guard let request else { return }
            let now = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
            _ = (request.parameters, request.form)
            _ = AgentRoutes.action(of: request)
            _ = try? FlowRequest(request, now: now)
            _ = try? AlertRequest(request, now: now)
        }
    }
}
