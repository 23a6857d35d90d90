import Addressing
import Containers
import Netlink

/// Translated connections, from conntrack.
extension HostWatch {
    /// Those that are open already.
    func readConnections() {
        guard connections != nil else { return }
        var changes: [JournalEntry.Change] = []
        do throws(NetlinkError) {
            var socket = try NetlinkSocket(.netfilter)
            let namespace = home
            try socket.dumpConnections { message in
                if let translation = Translation(message, in: namespace) { changes.append(.translation(translation)) }
            }
        } catch {
            remark("\(error)")
        }
        tell(changes)
    }

    func receiveConnections() {
        guard connections != nil else { return }
        var changes: [JournalEntry.Change] = []
        var isLost = false
        let namespace = home
        do throws(NetlinkError) {
            var isMore = true
            while isMore {
                isMore =
                    try connections?.receive { event in
                        switch event {
                        case .new(let message), .updated(let message):
                            if let known = Translation(message, in: namespace) { changes.append(.translation(known)) }
                        case .ended(let message):
                            if let known = Translation(message, in: namespace) {
                                changes.append(.translationGone(known))
                            }
                        case .lost: isLost = true
                        }
                    } ?? false
            }
        } catch {
            remark("\(error)")
        }
        tell(changes)
        if isLost {
            remark("conntrack had more to tell than could be read; listed its connections anew")
            readConnections()
        }
    }
}

extension Translation {
    /// A connection, if its ends are changed on the way. Of ICMP the identifier stands in for ports, as flows have none.
    init?(_ message: ConnectionMessage, in namespace: NetworkNamespace) {
        guard message.isTranslated else { return nil }
        let (original, reply) = (message.original, message.reply)
        self.init(
            namespace: namespace,
            protocolNumber: original.protocolNumber,
            originalSource: End(address: original.source, port: original.sourcePort),
            originalDestination: End(address: original.destination, port: original.destinationPort),
            replySource: End(address: reply.source, port: reply.sourcePort),
            replyDestination: End(address: reply.destination, port: reply.destinationPort)
        )
    }
}
