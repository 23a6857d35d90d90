import Addressing
import Flows
import Wire

/// What sightings say, by protocol.
extension JSONRecordLines {
    mutating func write(_ claim: ARPClaim) {
        let arp = json.beginObject("arp")
        json.pair("type", claim.kind.name)
        let sender = json.beginObject("sender")
        if claim.senderAddress.bits != 0 { json.pair("ip", .v4(claim.senderAddress)) }
        json.pair("mac", claim.senderHardwareAddress)
        json.end(sender)
        let target = json.beginObject("target")
        json.pair("ip", .v4(claim.targetAddress))
        json.pair("mac", claim.targetHardwareAddress)
        json.end(target)
        json.end(arp)
    }

    mutating func write(_ message: NeighbourDiscovery, hopLimit: UInt8?) {
        let object = json.beginObject("nd")
        json.pair("type", message.kind.name)
        json.pair("hop_limit", hopLimit)
        json.pair("target", message.target.map(IPAddress.v6))
        json.pair("mac", message.linkLayerAddress)
        if message.kind == .neighbourAdvertisement {
            json.pair("solicited", message.isSolicited)
            json.pair("override", message.isOverride)
        }
        json.pair("router_lifetime", message.routerLifetime)
        let prefixes = json.beginArray("prefixes")
        for prefix in message.prefixes {
            let element = json.beginElement()
            json.pair("ip", .v6(prefix.address))
            json.pair("length", prefix.length)
            json.pair("autonomous", prefix.isAutonomous)
            json.pair("valid_lifetime", prefix.validLifetime)
            json.end(element)
        }
        json.end(prefixes)
        json.end(object)
    }

    mutating func write(_ message: DHCPMessage) {
        let dhcp = json.beginObject("dhcp")
        json.pair("type", message.messageType.map(DHCPMessageName.v4))
        json.pair("reply", message.isReply)
        json.pair("transaction_id", message.transactionIdentifier)
        json.pair("client_mac", message.clientHardwareAddress)
        json.pair("client_ip", message.clientAddress.map(IPAddress.v4))
        json.pair("assigned_ip", message.yourAddress.map(IPAddress.v4))
        json.pair("requested_ip", message.requestedAddress.map(IPAddress.v4))
        json.pair("server_ip", message.serverIdentifier.map(IPAddress.v4))
        json.pair("hostname", message.hostName)
        json.pair("vendor_class", message.vendorClass)
        json.end(dhcp)
    }

    mutating func write(_ message: DHCPv6Message) {
        let dhcp = json.beginObject("dhcpv6")
        json.pair("type", DHCPMessageName.v6(message.messageType))
        json.end(dhcp)
    }

    mutating func write(_ error: ICMPError) {
        let icmp = json.beginObject("icmp")
        json.pair("type", error.type)
        json.pair("code", error.code)
        json.pair("mtu", error.nextHopMTU)
        json.pair("gateway", error.gateway.map(IPAddress.v4))
        if let quote = error.quote {
            let quoted = json.beginObject("quoted")
            json.pair("iana_number", quote.protocolNumber)
            json.pair("transport", TransportKeyword.of(quote.protocolNumber))
            let source = json.beginObject("source")
            json.pair("ip", quote.source)
            json.pair("port", quote.sourcePort)
            json.end(source)
            let destination = json.beginObject("destination")
            json.pair("ip", quote.destination)
            json.pair("port", quote.destinationPort)
            json.end(destination)
            json.end(quoted)
        }
        json.end(icmp)
    }
}

extension ARPClaim.Kind {
    /// The value of `arp.type`.
    fileprivate var name: String {
        switch self {
        case .request: "request"
        case .reply: "reply"
        case .gratuitous: "gratuitous"
        case .probe: "probe"
        }
    }
}

extension NeighbourDiscovery.Kind {
    /// The value of `nd.type`.
    fileprivate var name: String {
        switch self {
        case .routerSolicitation: "router_solicitation"
        case .routerAdvertisement: "router_advertisement"
        case .neighbourSolicitation: "neighbor_solicitation"
        case .neighbourAdvertisement: "neighbor_advertisement"
        case .redirect: "redirect"
        }
    }
}
