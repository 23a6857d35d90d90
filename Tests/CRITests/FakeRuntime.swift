#if CRI
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Glibc
import Support
import SwiftProtobuf
import Synchronization

@testable import CRI

/// What a runtime says through the CRI, right or wrong: a real gRPC server whose answers a test makes.
final class FakeRuntime: Sendable {
    enum Answer: Sendable {
        case message([UInt8])
        case refuse(RPCError.Code)
        /// Says nothing until the one who asks gives up.
        case hang
    }

    private struct State {
        var answers: [String: Answer] = [:]
        var asked: [String] = []
        var isEnding = false
    }

    private let state: Mutex<State>
    let path: String
    private let task: Task<Void, any Error>
    private let end: @Sendable () -> Void

    /// Listens at `path`, or somewhere new. It answers as `name`, and has no pods yet.
    init(path: String? = nil, name: String = "containerd") async throws {
        let place = path ?? ScriptedServer.freshPath()
        self.path = place
        var version = Runtime_V1_VersionResponse()
        version.runtimeName = name
        state = Mutex(State(answers: ["Version": .message(try version.serializedBytes())]))
        let transport = HTTP2ServerTransport.Posix(
            address: .unixDomainSocket(path: place),
            transportSecurity: .plaintext,
            config: .defaults { $0.connection.maxGraceTime = .seconds(2) }
        )
        let shared = Shared()
        let server = GRPCServer(transport: transport, services: [Service(shared: shared)])
        end = { server.beginGracefulShutdown() }
        task = Task { try await server.serve() }
        shared.set(self)
        _ = try await transport.listeningAddress
    }

    deinit { beginToEnd() }

    /// Whoever is connected is told to leave, as a runtime does that is restarted. The task is never cancelled: NIO traps when
    /// a connection or a stream is let go between its arrival and the task that would have served it.
    private func beginToEnd() {
        state.withLock { $0.isEnding = true }
        end()
    }

    /// Ends every connection, and listens no more; the socket's file goes too.
    func stop() async {
        beginToEnd()
        _ = try? await task.value
        unlink(path)
    }

    /// How often a call was made.
    func count(_ method: String) -> Int { state.withLock { $0.asked.count { $0 == method } } }

    func answer(_ method: String, _ answer: Answer?) { state.withLock { $0.answers[method] = answer } }

    /// Lists these from now on.
    func list(_ pods: [Runtime_V1_PodSandbox], _ containers: [Runtime_V1_Container]) throws {
        var sandboxes = Runtime_V1_ListPodSandboxResponse()
        sandboxes.items = pods
        var all = Runtime_V1_ListContainersResponse()
        all.containers = containers
        let messages = (try sandboxes.serializedBytes() as [UInt8], try all.serializedBytes() as [UInt8])
        state.withLock {
            $0.answers["ListPodSandbox"] = .message(messages.0)
            $0.answers["ListContainers"] = .message(messages.1)
        }
    }

    private var isEnding: Bool { state.withLock { $0.isEnding } }

    private func say(_ method: String) -> Answer {
        state.withLock {
            $0.asked.append(method)
            return $0.answers[method] ?? .message([])
        }
    }

    /// The service knows the runtime that was not there yet when it was made.
    private final class Shared: Sendable {
        private struct Weak: Sendable { weak var runtime: FakeRuntime? }
        private let weak = Mutex(Weak())
        var runtime: FakeRuntime? { weak.withLock { $0.runtime } }
        func set(_ runtime: FakeRuntime) { weak.withLock { $0.runtime = runtime } }
    }

    private struct Service: RegistrableRPCService {
        let shared: Shared

        func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
            for method in ["Version", "ListPodSandbox", "ListContainers"] {
                router.registerHandler(
                    forMethod: MethodDescriptor(fullyQualifiedService: "runtime.v1.RuntimeService", method: method),
                    deserializer: Bytes(),
                    serializer: Bytes()
                ) { request, _ in
                    for try await _ in request.messages {}
                    switch shared.runtime?.say(method) ?? .message([]) {
                    case .message(let bytes): return StreamingServerResponse(single: ServerResponse(message: bytes))
                    case .refuse(let code): throw RPCError(code: code, message: "no")
                    case .hang:
                        while shared.runtime?.isEnding == false { try await Task.sleep(for: .milliseconds(5)) }
                        throw RPCError(code: .aborted, message: "late")
                    }
                }
            }
        }
    }

    /// Messages as they are.
    private struct Bytes: MessageSerializer, MessageDeserializer {
        func serialize<Output: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Output { Output(message) }
        func deserialize<Input: GRPCContiguousBytes>(_ bytes: Input) throws -> [UInt8] {
            bytes.withUnsafeBytes { Array($0) }
        }
    }
}

extension Runtime_V1_PodSandbox {
    init(_ identifier: String, _ name: String, labels: [String: String] = [:]) {
        self.init()
        id = identifier
        metadata.name = name
        metadata.namespace = "shop"
        metadata.uid = "uid-\(name)"
        createdAt = 1_700_000_000_000_000_001
        self.labels = labels
    }
}

extension Runtime_V1_Container {
    init(_ identifier: String, in sandbox: String, _ name: String = "app", labels: [String: String] = [:]) {
        self.init()
        id = identifier
        podSandboxID = sandbox
        metadata.name = name
        image.image = "registry/\(name):1"
        createdAt = 1_700_000_000_000_000_002
        self.labels = labels
    }
}
#endif
