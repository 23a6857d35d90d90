package import Addressing

/// An address and a port: one end of a socket.
package struct SocketEnd: Hashable, Sendable {
    package var address: IPAddress
    /// 0 is none.
    package var port: UInt16

    package init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// The number of zeros that stands for every address of the family, or for no peer.
    package var isAnyAddress: Bool {
        switch address {
        case .v4(let address): address.bits == 0
        case .v6(let address): address.high == 0 && address.low == 0
        }
    }
}
