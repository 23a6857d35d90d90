import Addressing
import Flows

extension Sighting {
    /// The address that whoever sent it says is his; the unspecified one where he says none.
    var claimedAddress: IPAddress {
        switch fact {
        case .arp(let claim): .v4(claim.senderAddress)
        default: source ?? .v4(IPv4Address(bits: 0))
        }
    }
}
