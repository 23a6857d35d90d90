import Addressing
import Graph
import Records

/// What could be blocked of something that is chosen, the narrowest first: each once, and so many at most.
struct BlockProposals {
    private(set) var list: [BlockProposal] = []

    /// The most addresses of one end that are offered.
    private static var addressLimit: Int { 4 }

    private mutating func add(_ title: String, _ words: [BlockProposal.Word]) {
        guard list.count < BlockProposal.limit, !list.contains(where: { $0.words == words }) else { return }
        list.append(BlockProposal(words, title: title))
    }

    /// What goes between two, of whom the first began it.
    mutating func add(from source: BlockParty, to destination: BlockParty, protocolNumber: UInt8?, port: UInt16?) {
        if let container = source.container {
            let who = BlockProposal.Word("container", container)
            for address in destination.addresses.prefix(Self.addressLimit) {
                let to = BlockProposal.Word("to", "\(address)")
                guard let number = protocolNumber else {
                    add("\(source.name) to \(address)", [who, to])
                    continue
                }
                let (words, text) = Self.service(number, port)
                add("\(source.name) to \(address) \(text)", [who, to] + words)
            }
            for address in destination.addresses.prefix(Self.addressLimit) {
                add("\(source.name) to \(address)", [who, BlockProposal.Word("to", "\(address)")])
            }
            if let domain = destination.domain {
                add("\(source.name) to \(domain)", [who, BlockProposal.Word("to", domain)])
            }
        } else if let container = destination.container {
            for address in source.addresses.prefix(Self.addressLimit) {
                add(
                    "\(destination.name) with \(address), both ways",
                    [.init("container", container), .init("to", "\(address)"), .init("both", "true")]
                )
            }
        }
        addAddresses(of: destination)
        addAddresses(of: source)
        addQuarantine(of: source)
        addQuarantine(of: destination)
    }

    /// Somebody alone.
    mutating func add(_ party: BlockParty) {
        addAddresses(of: party)
        addQuarantine(of: party)
    }

    private mutating func addAddresses(of party: BlockParty) {
        guard party.container == nil, party.isOutside else { return }
        for address in party.addresses.prefix(Self.addressLimit) {
            add("\(address) with anybody", [.init("address", "\(address)")])
        }
    }

    private mutating func addQuarantine(of party: BlockParty) {
        guard let container = party.container else { return }
        add("\(party.name), quarantine", [.init("container", container), .init("quarantine", "true")])
    }

    private static func service(_ number: UInt8, _ port: UInt16?) -> ([BlockProposal.Word], String) {
        var words = [BlockProposal.Word("protocol", "\(number)")]
        var text = EdgeText.word(of: number)
        if let port {
            words.append(BlockProposal.Word("port", "\(port)"))
            text += " \(port)"
        }
        return (words, text)
    }
}
