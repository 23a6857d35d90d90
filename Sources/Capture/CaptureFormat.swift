/// How a capture file is laid out.
package enum CaptureFormat: Hashable, Sendable {
    /// The file header and records of libpcap, pcap-savefile(5), and its relatives with another magic number.
    case pcap

    /// Typed blocks in sections, draft-ietf-opsawg-pcapng.
    case pcapng
}

extension CaptureFormat: CustomStringConvertible {
    package var description: String {
        switch self {
        case .pcap: "pcap"
        case .pcapng: "pcapng"
        }
    }
}
