package import Addressing

/// A name for an address, from a pcapng file's name resolution block.
package struct ResolvedName: Hashable, Sendable {
    package var address: IPAddress

    /// As it stands in the file, at most 255 bytes: any characters may be in it.
    package var name: String

    package init(address: IPAddress, name: String) {
        self.address = address
        self.name = name
    }
}
