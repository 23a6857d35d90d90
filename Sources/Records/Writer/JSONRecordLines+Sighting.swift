import Addressing
import Flows
import Wire

/// Sightings.
extension JSONRecordLines {
    mutating func write(_ sighting: Sighting, _ book: borrowing FlowBook) {
        let point = book.point(sighting.point)
        let digits = point.timestampDigits
        let scope = book.scopes.scopes[Int(sighting.scope)].name
        json.beginLine()
        json.pair("@timestamp", sighting.time, digits: digits)
        let event = json.beginObject("event")
        json.pair("kind", "event")
        json.pair("action", "sighting")
        json.end(event)
        let object = json.beginObject("sighting")
        json.pair("kind", sighting.fact.kindName)
        json.pair("count", sighting.count)
        json.pair("previous", sighting.previous, digits: digits)
        json.end(object)
        let network = json.beginObject("network")
        if let source = sighting.source { json.pair("type", source.isIPv6 ? "ipv6" : "ipv4") }
        writeVLANs(scope)
        json.end(network)
        let source = json.beginObject("source")
        json.pair("ip", sighting.source)
        json.pair("mac", sighting.senderHardwareAddress)
        json.end(source)
        let destination = json.beginObject("destination")
        json.pair("ip", sighting.destination)
        json.end(destination)
        write(sighting.fact, hopLimit: sighting.hopLimit)
        writeSegment(scope)
        writePath(point)
        json.endLine()
    }

    private mutating func writePath(_ point: ObservationPoint) {
        let observer = json.beginObject("observer")
        let path = json.beginArray("path")
        let element = json.beginElement()
        json.writePoint(point)
        json.end(element)
        json.end(path)
        json.end(observer)
    }

    private mutating func write(_ fact: Sighting.Fact, hopLimit: UInt8?) {
        switch fact {
        case .arp(let claim): write(claim)
        case .neighbourDiscovery(let message): write(message, hopLimit: hopLimit)
        case .dhcp(let message): write(message)
        case .dhcpv6(let message): write(message)
        case .icmpError(let error): write(error)
        }
    }
}

extension Sighting.Fact {
    /// The value of `sighting.kind`.
    fileprivate var kindName: String {
        switch self {
        case .arp: "arp"
        case .neighbourDiscovery: "neighbor_discovery"
        case .dhcp: "dhcp"
        case .dhcpv6: "dhcpv6"
        case .icmpError: "icmp_error"
        }
    }
}
