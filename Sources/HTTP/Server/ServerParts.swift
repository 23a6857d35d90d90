/// What the connections of one server share.
struct ServerParts: Sendable {
    let limits: HTTPServer.Limits
    let table: ConnectionTable
    let gate: LoopGate
    let respond: HTTPServer.Responder
}
