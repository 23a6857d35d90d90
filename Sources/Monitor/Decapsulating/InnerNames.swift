import Addressing
import Containers
package import Flows
package import Records

/// What addresses are called, for tools that have one name for an address: whoever the journal says was there, else what DNS said first.
///
/// Bounded: beyond `limit` addresses further ones stay nameless.
package struct InnerNames {
    private var names: [IPAddress: (name: String, isSure: Bool)] = [:]
    /// Given or changed since they were taken last.
    private var news: Set<IPAddress> = []

    /// As many as a reader takes.
    static var limit: Int { 4096 }

    package init() {}

    var hasNews: Bool { !news.isEmpty }

    /// Takes in a name. What the journal says takes the place of what was there, as an address is used again; a name of DNS does not.
    mutating func learn(_ address: IPAddress, _ name: String, isSure: Bool) {
        if let known = names[address] {
            guard isSure, known.name != name else { return }
        } else if names.count >= Self.limit {
            return
        }
        names[address] = (name, isSure)
        news.insert(address)
    }

    /// Takes in what a flow's ends are called.
    package mutating func learn(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        if names.source == nil, names.destination == nil, names.identities == nil { return }
        let ends = FlowEnds.of(flow, book.translation(of: flow)).real
        learn(ends.source.address, names.identities?.source, names.source)
        learn(ends.destination.address, names.identities?.destination, names.destination)
    }

    private mutating func learn(_ address: IPAddress, _ identity: Identity?, _ name: String?) {
        if let container = identity?.container?.description, let own = container.pod ?? container.name {
            learn(address, RecordedPlaces.harmless(own), isSure: true)
        } else if let name {
            learn(address, RecordedPlaces.harmless(name), isSure: false)
        }
    }

    /// In order of addresses, those that are new.
    mutating func takeNews() -> [(address: IPAddress, name: String)] {
        defer { news = [] }
        return news.sorted().compactMap { address in names[address].map { (address, $0.name) } }
    }
}
