import Addressing
import Containers
import Graph

/// Hosts that tunnels were seen between, as `JSONGraph` writes them.
extension JournalFields {
    /// Those under `tunnel_ends`, each once.
    func tunnelEnds() throws(Reason) -> [IPAddress: TunnelEnd] {
        var ends: [IPAddress: TunnelEnd] = [:]
        let told = try list("tunnel_ends") { fields throws(Reason) in try fields.tunnelEnd() } ?? []
        for end in told where ends.updateValue(end, forKey: end.address) != nil { throw .wrong("tunnel_ends.ip") }
        return ends
    }

    private func tunnelEnd() throws(Reason) -> TunnelEnd {
        TunnelEnd(
            try required("ip", IPAddress.init(json:)),
            from: try required("first", Timestamp.init(json:)),
            to: try required("last", Timestamp.init(json:)),
            tunnels: try optional("tunnel", [String].init(json:)) ?? [],
            identifiers: try optional("vni", [UInt32].init(json:)) ?? [],
            hasMoreIdentifiers: try optional("more_vni", Bool.init(json:)) ?? false,
            carriesReadable: try required("readable", Bool.init(json:)),
            carriesEncrypted: try required("encrypted", Bool.init(json:))
        )
    }
}

extension [UInt32] {
    init?(json: JSONValue) {
        guard case .array(let elements) = json else { return nil }
        self = []
        for element in elements {
            guard let number = UInt32(json: element) else { return nil }
            append(number)
        }
    }
}
