import Containers

/// The value of `portolan.change`: which kind of entry a line of the journal is.
enum ChangeWord: String, CaseIterable {
    case host, container, interface, address, listener, socket, translation, remote, scope
    case containerEnded = "container_ended"
    case interfaceGone = "interface_gone"
    case addressGone = "address_gone"
    case listenerClosed = "listener_closed"
    case translationGone = "translation_gone"
    case remoteGone = "remote_gone"
    case namespaceGone = "namespace_gone"
}

extension JournalEntry.Change {
    var word: ChangeWord {
        switch self {
        case .host: .host
        case .container: .container
        case .containerEnded: .containerEnded
        case .interface: .interface
        case .interfaceGone: .interfaceGone
        case .address: .address
        case .addressGone: .addressGone
        case .listener: .listener
        case .listenerClosed: .listenerClosed
        case .socket: .socket
        case .translation: .translation
        case .translationGone: .translationGone
        case .remote: .remote
        case .remoteGone: .remoteGone
        case .namespaceGone: .namespaceGone
        case .scope: .scope
        }
    }
}
