import Addressing
import Containers

/// One line of a journal, and the entry it holds.
struct JournalLine {
    typealias Reason = JournalError.Reason

    let word: ChangeWord
    let fields: JournalFields

    /// Nil when the line is a record of another kind, or a change that is not known here.
    init?(_ root: JSONValue) {
        guard let fields = JournalFields(root),
            case .object(let event) = fields["event"], event["kind"] == .string("state"),
            case .object(let portolan) = fields["portolan"],
            case .string(let text) = portolan["change"], let word = ChangeWord(rawValue: text)
        else { return nil }
        self.word = word
        self.fields = fields
    }

    /// The entry, complete or not at all.
    func entry() throws(Reason) -> JournalEntry {
        JournalEntry(time: try fields.required("@timestamp", Timestamp.init(json:)), change: try change())
    }

    private func change() throws(Reason) -> JournalEntry.Change {
        switch word {
        case .host:
            let host = try fields.object("host")
            return .host(try host.namespace(), name: try host.optional("name", String.init(json:)) ?? "")
        case .container: return .container(try fields.container())
        case .containerEnded: return .containerEnded(try fields.object("container").containerKey())
        case .interface: return .interface(try interface())
        case .interfaceGone: return .interfaceGone(try fields.object("interface").interfaceKey())
        case .address: return try address()
        case .addressGone:
            let interface = try fields.object("interface")
            return .addressGone(try interface.interfaceKey(), try interface.required("ip", IPAddress.init(json:)))
        case .listener: return .listener(try listener())
        case .listenerClosed: return .listenerClosed(try listener())
        case .socket: return .socket(try socket())
        case .translation: return .translation(try translation())
        case .translationGone: return .translationGone(try translation())
        case .remote, .remoteGone: return try remote()
        case .namespaceGone: return .namespaceGone(try fields.object("interface").namespace())
        case .scope: return .scope(try scopeAssignment())
        }
    }
}
