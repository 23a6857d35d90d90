import Addressing
import Flows
import Wire

/// Where a flow was: tunnels, segments, VLANs, and who saw it.
extension JSONRecordLines {
    mutating func write(_ tunnel: Tunnel, sourcePort: UInt16) {
        let object = json.beginObject("tunnel")
        let innermost = tunnel.stack.innermost
        json.pair("type", innermost?.description)
        if innermost?.hasIdentifier(tunnel.identifier) ?? false { json.pair("id", tunnel.identifier) }
        let hasPorts = tunnel.destinationPort != 0
        writeEnd("source", tunnel.source, port: hasPorts ? sourcePort : nil)
        writeEnd("destination", tunnel.destination, port: hasPorts ? tunnel.destinationPort : nil)
        if tunnel.stack.bits >> 5 != 0 {
            let kinds = tunnel.stack.kinds
            json.pair("depth", kinds.count)
            let stack = json.beginArray("stack")
            for kind in kinds { json.value(kind.description) }
            json.end(stack)
        }
        json.end(object)
    }

    private mutating func writeEnd(_ name: StaticString, _ address: IPAddress?, port: UInt16?) {
        let end = json.beginObject(name)
        json.pair("ip", address)
        json.pair("port", port)
        json.end(end)
    }

    /// The layer-2 network: a VNI, or outside overlays the VLAN; and the bridge that an end is on.
    mutating func writeSegment(_ scope: Scope.Name, name: String? = nil) {
        let segment = json.beginObject("segment")
        json.pair("id", scope.segment)
        json.pair("name", name)
        json.end(segment)
    }

    /// `vlan.id`, of two the outer one, whose inner one is `inner.vlan.id`.
    mutating func writeVLANs(_ scope: Scope.Name) {
        let word: UInt32
        switch scope {
        case .segment(_, let vlan): word = vlan
        case .vlan(let vlan): word = vlan
        case .bare, .namespace, .device: return
        }
        let inner = word & 0xfff
        let outer = word >> 12 & 0xfff
        if word == 0 { return }
        let vlan = json.beginObject("vlan")
        json.pair("id", outer != 0 ? outer : inner)
        json.end(vlan)
        guard outer != 0 else { return }
        let nested = json.beginObject("inner")
        let innerVLAN = json.beginObject("vlan")
        json.pair("id", inner)
        json.end(innerVLAN)
        json.end(nested)
    }

    mutating func writePath(_ places: [FlowRecord.Place]) {
        let observer = json.beginObject("observer")
        let path = json.beginArray("path")
        for place in places {
            let element = json.beginElement()
            json.writePoint(place.point)
            json.pair("packets", place.packets)
            json.pair("bytes", place.bytes)
            if place.isTranslated { json.pair("translated", true) }
            json.end(element)
        }
        json.end(path)
        json.end(observer)
    }
}

extension JSONBuffer {
    /// Writes what is known of an observation point.
    mutating func writePoint(_ point: ObservationPoint) {
        pair("interface", point.interface)
        pair("ifindex", point.interfaceIndex)
        pair("netns", point.namespace)
    }
}

extension TunnelKind {
    /// Whether an identifier found for such a tunnel is one: IP in IP has none, and a GRE key of 0 is hardly a key.
    fileprivate func hasIdentifier(_ identifier: UInt32) -> Bool {
        switch self {
        case .vxlan, .vxlanGPE, .geneve, .nvgre, .erspan, .gtpu, .l2tp, .pptp: true
        case .gre: identifier != 0
        case .ipip, .sixInFour, .fourInSix, .sixInSix, .teredo, .etherip, .mplsInIP: false
        }
    }
}
