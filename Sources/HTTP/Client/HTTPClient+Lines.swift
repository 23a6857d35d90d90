import NIOCore
import NIOHTTP1

extension HTTPClient {
    /// Lines that may wait for their reader before the server is made to wait.
    package static var waitingLineLimit: Int { 4096 }

    /// Asks for `target`, and hands over the lines of the answer as they come, without their ends; empty ones are left out.
    ///
    /// `opened` is called once the server has begun to answer, `line` then with every line in turn. Returns when the server has
    /// said all; cancelling the task ends it at once, as `.cancelled`. Any status but 200 is `.refused`. The server must begin
    /// within `timeout`, and must not be silent for longer than `silence` after that (nil: as long as it likes). A line of more
    /// than `limit` bytes is `.tooLarge`.
    package func lines(
        of target: String,
        timeout: Duration,
        silence: Duration? = nil,
        limit: Int,
        opened: @Sendable () async -> Void,
        line: @Sendable ([UInt8]) async -> Void
    ) async throws(HTTPFailure) {
        let head = try request(for: target)
        let pause = silence.map { TimeAmount($0) }
        let channel = try await connect(timeout: timeout) { channel, limits in
            try channel.pipeline.syncOperations.addHandler(
                LineHandler(request: head, limit: limit, limits: limits, silence: pause)
            )
            return try NIOAsyncChannel<LineHandler.InboundOut, Never>(
                wrappingChannelSynchronously: channel,
                configuration: .init(
                    backPressureStrategy: .init(lowWatermark: 64, highWatermark: Self.waitingLineLimit)
                )
            )
        }
        do {
            try await channel.executeThenClose { parts in
                for try await part in parts {
                    switch part {
                    case .opened(let status):
                        guard status == 200 else { throw HTTPFailure.refused(status: status) }
                        await opened()
                    case .line(let bytes): await line(bytes)
                    }
                }
            }
        } catch {
            throw Task.isCancelled ? .cancelled : HTTPFailure(inAnswer: error)
        }
        // A cancelled reader sees an end like any other.
        if Task.isCancelled { throw .cancelled }
    }
}
