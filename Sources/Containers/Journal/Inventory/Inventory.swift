/// Everything that is open in a journal: who is here, where, and what it offers.
package struct Inventory: Hashable, Sendable {
    /// The host's own namespace; nil where the journal does not tell.
    package var host: NetworkNamespace?
    package var hostName: String?
    /// Namespaces with containers first, by the label of the owner; then those without, by number; the host's last.
    package var namespaces: [NamespaceInventory] = []

    package init() {}
}
