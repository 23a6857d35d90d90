import CPcap

/// The numbers by which libpcap calls link types inside, which on some systems differ from those in files.
///
/// They differ where systems disagreed before 1999. pcap-linktype(7), pcap/dlt.h.
enum DataLink {
    /// LINKTYPE_ numbers beside libpcap's own.
    private static func number(_ linkType: UInt16) -> Int32? {
        switch linkType {
        case 100: DLT_ATM_RFC1483
        case 101: DLT_RAW
        case 102: DLT_SLIP_BSDOS
        case 103: DLT_PPP_BSDOS
        case 106: DLT_ATM_CLIP
        default: nil
        }
    }

    /// What libpcap calls the LINKTYPE_ number of a file.
    static func of(linkType: UInt16) -> Int32 { number(linkType) ?? Int32(linkType) }

    /// The LINKTYPE_ number of what a handle says it delivers.
    static func linkType(of dataLink: Int32) -> UInt16 {
        for linkType: UInt16 in [100, 101, 102, 103, 106] where number(linkType) == dataLink { return linkType }
        return UInt16(truncatingIfNeeded: dataLink)
    }
}
