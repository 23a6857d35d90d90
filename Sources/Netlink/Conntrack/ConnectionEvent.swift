import CMnl

/// What became of a connection.
package enum ConnectionEvent: Hashable, Sendable {
    case new(ConnectionMessage)
    /// It was answered, or changed otherwise.
    case updated(ConnectionMessage)
    case ended(ConnectionMessage)
    /// Events were lost: what is known must be compared with a new dump. It comes when all that waited has been read.
    case lost

    /// What a message tells; nil when it is about something else.
    init?(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        switch Int(message.type) {
        case NetlinkSocket.connectionType(IPCTNL_MSG_CT_NEW):
            let connection = try ConnectionMessage(body: message.body)
            self = Int32(message.flags) & NLM_F_CREATE != 0 ? .new(connection) : .updated(connection)
        case NetlinkSocket.connectionType(IPCTNL_MSG_CT_DELETE):
            self = .ended(try ConnectionMessage(body: message.body))
        default:
            return nil
        }
    }
}
