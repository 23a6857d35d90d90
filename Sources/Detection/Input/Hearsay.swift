import Addressing
import Flows
import Wire

/// What detectors take from a sighting: who asks for whom on a segment, who claims what, who offers to route or to lease.
struct Hearsay: Sendable {
    enum Kind: Sendable {
        /// Somebody looks for an address.
        case question(IPAddress)
        /// Somebody says that an address is behind a hardware address.
        case claim(IPAddress, MACAddress)
        /// A router offers itself, under that hardware address.
        case router(MACAddress?)
        /// A DHCP server offers or gives an address.
        case lease(IPAddress)
    }

    var time: Timestamp
    var scope: UInt32
    /// Whose message it is, as far as it is known: its address is what it says of itself.
    var speaker: Party
    var kind: Kind

    init(_ kind: Kind, by speaker: Party, at time: Timestamp) {
        self.time = time
        scope = speaker.scope
        self.speaker = speaker
        self.kind = kind
    }

    /// What one sighting says; mostly one thing, and nothing when its sender cannot be believed to be of the segment.
    static func of(_ sighting: Sighting, from party: Party?) -> [Self] {
        switch sighting.fact {
        case .arp(let claim): ofARP(claim, sighting, party)
        case .neighbourDiscovery(let message): ofDiscovery(message, sighting, party)
        case .dhcp(let message):
            message.isReply
                ? ofServer(message.serverIdentifier.map { .v4($0) } ?? sighting.source, sighting, party) : []
        case .dhcpv6(let message): message.isFromServer ? ofServer(sighting.source, sighting, party) : []
        case .icmpError: []
        }
    }

    private static func ofARP(_ claim: ARPClaim, _ sighting: Sighting, _ party: Party?) -> [Self] {
        // A probe claims nothing, and asks for its own sake.
        guard claim.kind != .probe else { return [] }
        let address = IPAddress.v4(claim.senderAddress)
        let speaker = party ?? Party(address, scope: sighting.scope)
        var all = [Self(.claim(address, claim.senderHardwareAddress), by: speaker, at: sighting.time)]
        if claim.kind == .request {
            all.append(Self(.question(.v4(claim.targetAddress)), by: speaker, at: sighting.time))
        }
        return all
    }

    private static func ofDiscovery(_ message: NeighbourDiscovery, _ sighting: Sighting, _ party: Party?) -> [Self] {
        // From beyond the segment: to be disbelieved.
        if let limit = sighting.hopLimit, limit != 255 { return [] }
        let hardware = message.linkLayerAddress ?? sighting.senderHardwareAddress
        guard let source = sighting.source else { return [] }
        let speaker = party ?? Party(source, scope: sighting.scope)
        switch message.kind {
        case .routerAdvertisement where message.routerLifetime ?? 0 > 0:
            return [Self(.router(hardware), by: speaker, at: sighting.time)]
        case .neighbourSolicitation:
            // Without a source it asks whether its own address is free.
            guard let target = message.target, source != .v6(IPv6Address(high: 0, low: 0)) else { return [] }
            var all = [Self(.question(.v6(target)), by: speaker, at: sighting.time)]
            if let hardware { all.insert(Self(.claim(source, hardware), by: speaker, at: sighting.time), at: 0) }
            return all
        case .neighbourAdvertisement:
            guard let target = message.target, let hardware else { return [] }
            return [Self(.claim(.v6(target), hardware), by: speaker, at: sighting.time)]
        case .routerAdvertisement, .routerSolicitation, .redirect:
            return []
        }
    }

    private static func ofServer(_ server: IPAddress?, _ sighting: Sighting, _ party: Party?) -> [Self] {
        guard let server else { return [] }
        let speaker = party ?? Party(server, scope: sighting.scope)
        return [Self(.lease(server), by: speaker, at: sighting.time)]
    }
}
