import Addressing
import Dispatch
import Glibc

@testable import Agent
@testable import HTTP

/// What a client sends to the agent, or a runtime answers to us, over real sockets; the first byte says which, and where it is cut in two.
///
/// The sockets' files lie in the folder that fuzz.sh builds in.
func fuzzHTTP(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let input = unsafe FuzzInput(start, count), server != nil else { return -1 }
    let half = input.bytes.count * (input.choice >> 1) / 128
    let pieces = [Array(input.bytes[..<half]), Array(input.bytes[half...])]
    if input.choice & 1 == 0 { ask(pieces) } else { answer(pieces) }
    return 0
}

private let serverPath = ".build-fuzz/FuzzHTTP.sock"
private let answersPath = ".build-fuzz/FuzzHTTP-answers.sock"

/// Takes requests apart as the agent does.
private let server: HTTPServer? = try? HTTPServer(socket: serverPath) { request in
    let now = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
    _ = (request.parameters, request.form)
    _ = AgentRoutes.action(of: request)
    _ = try? FlowRequest(request, now: now)
    _ = try? AlertRequest(request, now: now)
    return HTTPReply(body: request.body)
}

/// Sends, and reads until the server has said all, or says nothing more.
private func ask(_ pieces: [[UInt8]]) {
    guard let address = sockaddr_un(path: serverPath) else { return }
    let door = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(door) }
    guard unsafe address.withSocketAddress({ unsafe connect(door, $0, $1) }) == 0 else { return }
    for piece in pieces { send(piece, to: door) }
    drain(door)
}

private let listener: Int32 = {
    unsafe unlink(answersPath)
    let door = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard let address = sockaddr_un(path: answersPath),
        unsafe address.withSocketAddress({ unsafe bind(door, $0, $1) }) == 0
    else { fatalError("nothing can be bound at \(answersPath)") }
    listen(door, 8)
    return door
}()

/// Has a client of ours ask, and answers so.
private func answer(_ pieces: [[UInt8]]) {
    let (listener, done) = (listener, DispatchSemaphore(value: 0))
    Task {
        let client = HTTPClient(socket: answersPath)
        let isLines = pieces[1].count % 2 == 0
        if isLines {
            try? await client.lines(of: "/events", timeout: .milliseconds(200), limit: 4096, opened: {}, line: { _ in })
        } else {
            _ = try? await client.ask(.get, "/containers", timeout: .milliseconds(200), limit: 4096)
        }
        done.signal()
    }
    let door = unsafe accept(listener, nil, nil)
    guard door >= 0 else { return }
    for piece in pieces { send(piece, to: door) }
    close(door)
    done.wait()
}

private func send(_ bytes: [UInt8], to door: Int32) {
    guard !bytes.isEmpty else { return }
    _ = unsafe Glibc.send(door, bytes, bytes.count, Int32(MSG_NOSIGNAL))
}

private func drain(_ door: Int32) {
    shutdown(door, Int32(SHUT_WR))
    var buffer = [UInt8](repeating: 0, count: 4096)
    var request = pollfd(fd: door, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&request, 1, 500) > 0, unsafe recv(door, &buffer, buffer.count, 0) > 0 {}
}
