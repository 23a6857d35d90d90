import CPcap

/// A device that frames are sent out of, as they are. Held open: opening takes tens of milliseconds.
@safe final class LiveSender {
    private let handle: OpaquePointer

    /// In the calling thread's namespace.
    init?(device: String) {
        var text = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let handle = unsafe pcap_open_live(device, 64, 0, 1, &text) else { return nil }
        unsafe self.handle = handle
    }

    deinit {
        unsafe pcap_close(handle)
    }

    /// Whether the kernel took the frame.
    func send(_ frame: [UInt8]) -> Bool {
        unsafe pcap_inject(handle, frame, frame.count) == frame.count
    }
}
