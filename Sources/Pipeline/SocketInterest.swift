/// What is made of the sockets at the ends of connections.
package enum SocketInterest: Sendable {
    /// Nothing.
    case none
    /// What the journal tells of them names processes, and joins what one process passes on.
    case told
    /// Besides, `Pipeline.takeQuestions` has what is to be asked of the kernel; the answers come as entries of the journal.
    /// Starts of flows are told then, as they wait for these.
    case asked
}
