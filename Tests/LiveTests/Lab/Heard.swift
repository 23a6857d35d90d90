/// What reached the servers of a pod from one sender: connections that were accepted, or datagrams.
struct Heard: Decodable, Sendable {
    /// The name of the pod it reached.
    var pod: String
    var `protocol`: Exchange.TransportProtocol
    var port: UInt16
    /// The sender's address.
    var source: String
    var count: Int
}
