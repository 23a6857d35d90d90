#if CRI
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Glibc
import NIOCore
import NIOPosix
import SwiftProtobuf

/// One connection to a runtime, on which it is asked and nothing else: of the CRI's calls only those that read are here.
///
/// Whatever the runtime does, a question ends: with an answer within its bounds, or with one `CRIFailure`.
struct CRIClient: Sendable {
    private typealias Transport = HTTP2ClientTransport.WrappedChannel

    /// One thread is plenty: all that runs on it is taking answers apart. It lives as long as the program.
    private static let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let client: GRPCClient<Transport>
    private let timeout: Duration

    /// Connects. `timeout` is for that, and for each answer.
    init(socket path: String, timeout: Duration) async throws(CRIFailure) {
        self.timeout = timeout
        let configuration = Transport.Config.defaults {
            // The name of the host means nothing at a Unix socket; a path in its place is refused by Go's servers.
            $0.http2.authority = "localhost"
        }
        do {
            let transport = try await Transport.wrapping(config: configuration) { configure in
                try await ClientBootstrap(group: Self.threads)
                    .connectTimeout(TimeAmount(timeout))
                    .connect(unixDomainSocketPath: path) { configure($0) }
            }
            client = GRPCClient(transport: transport)
        } catch let error as IOError {
            throw .connection(path: path, code: error.errnoCode)
        } catch is SocketAddressError {
            // sockaddr_un has 108 bytes for it.
            throw .connection(path: path, code: ENAMETOOLONG)
        } catch {
            throw .timedOut
        }
    }

    /// Keeps the connection until it ends, or the task is cancelled. Questions are answered meanwhile.
    func run() async {
        try? await client.runConnections()
    }

    /// What answers.
    func version() async throws(CRIFailure) -> Runtime_V1_VersionResponse { try await ask("Version") }

    /// All pods there are, running or not.
    func pods() async throws(CRIFailure) -> Runtime_V1_ListPodSandboxResponse { try await ask("ListPodSandbox") }

    /// All containers there are, running or not.
    func containers() async throws(CRIFailure) -> Runtime_V1_ListContainersResponse {
        try await ask("ListContainers")
    }

    private func ask<Answer: Message>(_ method: String) async throws(CRIFailure) -> Answer {
        var options = CallOptions.defaults
        options.timeout = timeout
        // What the transport holds answers to is the bound for requests.
        options.maxRequestMessageBytes = CRIBounds.message
        options.maxResponseMessageBytes = CRIBounds.message
        do {
            return try await client.unary(
                request: ClientRequest(message: ()),
                descriptor: MethodDescriptor(fullyQualifiedService: "runtime.v1.RuntimeService", method: method),
                serializer: Nothing(),
                deserializer: Reading<Answer>(),
                options: options
            ) { try $0.message }
        } catch {
            throw CRIFailure(asking: error)
        }
    }
}

/// A request that asks for all there is: none of its fields is set, so it has no bytes.
private struct Nothing: MessageSerializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: Void) throws -> Bytes { Bytes(repeating: 0, count: 0) }
}

/// Reads an answer, and forgets what it has beyond the fields that are read here.
private struct Reading<Answer: Message>: MessageDeserializer {
    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> Answer {
        var options = BinaryDecodingOptions()
        options.discardUnknownFields = true
        let bytes = bytes.withUnsafeBytes { Array($0) }
        do {
            return try Answer(serializedBytes: bytes, options: options)
        } catch {
            // Of errors of other kinds nothing but the text would arrive.
            throw RPCError(code: .dataLoss, message: "not what was asked for")
        }
    }
}
#endif
