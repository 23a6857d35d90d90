import CLinux
import CPcap

/// An open libpcap handle, closed when this goes.
///
/// pcap(3PCAP). Nothing in it belongs to a thread: opened on one, it may be used on another, by one at a time.
@safe struct LiveHandle: ~Copyable {
    let pointer: OpaquePointer

    /// Makes a handle that is not active yet. pcap_create(3PCAP); no device is looked for.
    init(interface: String) throws(LiveCaptureError) {
        var text = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let pointer = unsafe pcap_create(interface, &text) else {
            throw LiveCaptureError(interface: interface, reason: .system(Self.line(text)))
        }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe pcap_close(pointer)
    }

    /// What libpcap says of its last failure, in one line.
    var message: String { Self.line(unsafe String(cString: pcap_geterr(pointer))) }

    /// Readable when a block of packets is there, and when the interface went down. pcap_get_selectable_fd(3PCAP)
    var descriptor: Int32 { unsafe pcap_get_selectable_fd(pointer) }

    /// Whether libpcap was told that the interface went down, and was not told since that it is up.
    ///
    /// Then the descriptor does not tell the rest, and libpcap wants to be called now and then.
    /// pcap_get_required_select_timeout(3PCAP)
    var isDown: Bool { unsafe pcap_get_required_select_timeout(pointer) != nil }

    /// Whether the device it was opened on exists no more. Never true of "any".
    var isGone: Bool { CLinux_packetInterface(descriptor) == -1 }

    /// What libpcap wrote into a buffer of errors, in one line.
    static func line(_ buffer: [CChar]) -> String {
        line(String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }

    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
