package import Addressing

/// Where to listen for TCP connections.
package struct ListenAddress: Hashable, Sendable {
    /// Whose address it is.
    package enum Host: Hashable, Sendable {
        case address(IPAddress)
        /// A name, not looked up yet.
        case name(String)
    }

    package var host: Host
    /// 1 to 65535.
    package var port: UInt16

    package init(host: Host, port: UInt16) {
        self.host = host
        self.port = port
    }
}

extension ListenAddress: CustomStringConvertible {
    /// As it stands in a file: `127.0.0.1:9477`, `[::1]:9477`, `localhost:9477`.
    package var description: String {
        switch host {
        case .address(.v4(let address)): "\(address):\(port)"
        case .address(.v6(let address)): "[\(address)]:\(port)"
        case .name(let name): "\(name):\(port)"
        }
    }
}
