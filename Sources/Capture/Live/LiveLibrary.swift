import CPcap

/// The library that live capture goes through.
package enum LiveLibrary {
    /// What it calls itself, such as "libpcap version 1.10.3 (with TPACKET_V3)".
    package static var version: String { unsafe String(cString: pcap_lib_version()) }
}
