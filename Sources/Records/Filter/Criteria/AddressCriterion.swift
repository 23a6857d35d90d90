package import Addressing

/// An address, or any of a block. Also the one that NAT showed in place of an end's own.
package struct AddressCriterion: EndCriterion {
    package let prefix: IPPrefix

    package static var word: String { "ip" }

    package init(value: String) throws(FilterValueError) {
        guard let prefix = IPPrefix(value) else { throw .notAnAddress }
        self.prefix = prefix
    }

    package var description: String { prefix.description }

    package var needsJournal: Bool { false }

    package func holds(of end: FilteredEnd) -> Bool {
        if let address = end.address, prefix.contains(address) { return true }
        if let address = end.shownAddress, prefix.contains(address) { return true }
        return end.furtherAddresses.contains { prefix.contains($0) }
    }
}
