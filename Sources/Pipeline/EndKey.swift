import Addressing
import Flows

/// All that the journal is asked of an end but the time, in words that are quick to compare.
///
/// Where it was seen stands there as numbers of observation points, so that it means something only as long as they do.
struct EndKey: Hashable {
    private var addressHigh: UInt64 = 0
    private var addressLow: UInt64 = 0
    /// Scope, address family, translation, and of a server protocol and port.
    private var about: UInt64
    private var hardware: UInt64
    private var path: UInt64 = 0

    /// The key without a port. Nil for a flow that was seen at more places than fit.
    init?(_ flow: Flow, ofSource isSource: Bool, at end: FlowTranslation.End, _ book: borrowing FlowBook) {
        switch end.address {
        case .v4(let address): addressLow = UInt64(address.bits)
        case .v6(let address): (addressHigh, addressLow) = (address.high, address.low)
        }
        let isTranslated = end.address != (isSource ? flow.source : flow.destination)
        about = UInt64(flow.scope) | Self.bit(24, flow.isIPv6) | Self.bit(25, isTranslated)
        hardware = (isSource ? flow.sourceMAC : flow.destinationMAC).bits
        let length = book.pathLength(of: flow)
        guard length <= Self.places else { return nil }
        for index in 0..<length {
            let count = book.pathElement(index, of: flow)
            // Three bits on the end beyond, and sixteen of a number that is never 65,535.
            var place = UInt64(count.point) << 3
            if let isBeyond = flow.isSource(count.beyond).map({ $0 == isSource }) {
                place |= isBeyond ? 2 : 1
                place |= count.packets(of: count.beyond) > 0 ? 4 : 0
            }
            path = path << 21 | Self.bit(20, true) | place
        }
    }

    /// As many as have room in a word.
    private static var places: Int { 3 }

    /// The same of a server's port.
    func with(port: UInt16, protocolNumber: UInt8) -> Self {
        var key = self
        key.about |= Self.bit(26, true) | UInt64(protocolNumber) << 32 | UInt64(port) << 40
        return key
    }

    private static func bit(_ place: UInt64, _ isSet: Bool) -> UInt64 { isSet ? 1 << place : 0 }
}
