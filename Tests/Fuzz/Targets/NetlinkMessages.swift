@testable import Netlink

/// A message of the kernel's; the first byte says which kind, or that it is a datagram of several.
func fuzzNetlink(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0 else { return -1 }
    let input = unsafe UnsafeRawBufferPointer(start: start, count: count).bytes
    let body = input.extracting(droppingFirst: 1)
    do throws(NetlinkError) {
        switch unsafe start.pointee % 14 {
        case 0: _ = try LinkMessage(body: body)
        case 1: _ = try AddressMessage(body: body)
        case 2: _ = try NeighbourMessage(body: body)
        case 3: _ = try RouteMessage(body: body)
        case 4: _ = try NamespaceIdentifierMessage(body: body)
        case 5: _ = try SocketMessage(body: body)
        case 6: _ = try ConnectionMessage(body: body)
        case 7: _ = try Nftables.Table.read(body)
        case 8: _ = try Nftables.Chain.read(body)
        case 9: _ = try Nftables.Set.read(body)
        case 10: _ = try Nftables.ElementList.read(body)
        case 11: _ = try Nftables.Rule.read(body)
        case 12: _ = try Nftables.Generation(body: body)
        default: try readDatagram(body)
        }
    } catch {
        // Refused, which is what becomes of most.
    }
    return 0
}

private func readDatagram(_ bytes: RawSpan) throws(NetlinkError) {
    var messages = NetlinkMessages(bytes, operation: "fuzz")
    while let message = try messages.next() {
        _ = try? RouteEvent.Change(message)
        _ = try? ConnectionEvent(message)
        _ = try? NftablesEvent(message)
        _ = try? Refusal(message, operation: "fuzz")
    }
}
