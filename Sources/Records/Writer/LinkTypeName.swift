/// What a link type that we do not read is called: its LINKTYPE_ name in lower case.
///
/// https://www.tcpdump.org/linktypes.html; those that captures of hosts, phones and boards have.
package enum LinkTypeName {
    /// The name for a number; `linktype_` and the number for what has none here.
    package static func of(_ number: UInt16) -> String {
        switch number {
        case 147...162: "user\(number - 147)"
        default: names[number] ?? "linktype_\(number)"
        }
    }

    private static let names: [UInt16: String] = [
        3: "ax25", 6: "ieee802_5", 7: "arcnet_bsd", 8: "slip", 100: "atm_rfc1483", 107: "frelay", 114: "ltalk",
        117: "pflog", 119: "ieee802_11_prism", 122: "ip_over_fc", 123: "sunatm", 129: "arcnet_linux",
        138: "apple_ip_over_ieee1394", 139: "mtp2_with_phdr", 140: "mtp2", 141: "mtp3", 142: "sccp", 143: "docsis",
        144: "linux_irda", 163: "ieee802_11_avs", 165: "bacnet_ms_tp", 166: "ppp_pppd", 169: "gprs_llc",
        177: "linux_lapd", 187: "bluetooth_hci_h4", 189: "usb_linux", 192: "ppi", 195: "ieee802_15_4_withfcs",
        197: "erf", 201: "bluetooth_hci_h4_with_phdr", 202: "ax25_kiss", 203: "lapd", 204: "ppp_with_dir",
        205: "c_hdlc_with_dir", 206: "frelay_with_dir", 209: "ipmb_linux", 215: "ieee802_15_4_nonask_phy",
        220: "usb_linux_mmapped", 224: "fc_2", 225: "fc_2_with_frame_delims", 226: "ipnet", 227: "can_socketcan",
        230: "ieee802_15_4_nofcs", 231: "dbus", 235: "dvb_ci", 236: "mux27010", 237: "stanag_5066_d_pdu",
        240: "netanalyzer", 241: "netanalyzer_transparent", 242: "ipoib", 243: "mpeg_2_ts", 245: "nfc_llcp",
        247: "infiniband", 248: "sctp", 249: "usbpcap", 251: "bluetooth_le_ll", 252: "wireshark_upper_pdu",
        253: "netlink", 254: "bluetooth_linux_monitor", 256: "bluetooth_le_ll_with_phdr", 264: "iso_14443",
        265: "rds", 266: "usb_darwin", 268: "sdlc", 270: "loratap", 271: "vsock", 272: "nordic_ble",
        273: "docsis31_xra31", 274: "ethernet_mpacket", 275: "displayport_aux",
    ]
}
