/// The one-octet numbers with which NSH and VXLAN-GPE name their payload.
///
/// IANA, "NSH Next Protocol"; RFC 8300, section 11.2.4. draft-ietf-nvo3-vxlan-gpe-13 gives them the same meaning.
@usableFromInline enum NextProtocol {
    /// The EtherType for the same thing, so that there is one way on for every header; `nil` when there is none.
    @inlinable static func etherType(_ number: UInt8) -> UInt16? {
        switch number {
        case 1: 0x0800
        case 2: 0x86dd
        case 3: 0x6558
        case 4: 0x894f
        case 5: 0x8847
        default: nil
        }
    }
}
