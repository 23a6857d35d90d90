import CPcap

/// From a name to a socket that packets come out of.
extension LiveHandle {
    /// The device that is all devices of a namespace.
    static var any: String { "any" }

    /// Opens the interface in the calling thread's network namespace, where it stays.
    func activate(_ interface: String, _ options: LiveOptions) throws(LiveCaptureError) {
        unsafe pcap_set_snaplen(pointer, Int32(options.snapshotLength))
        unsafe pcap_set_buffer_size(pointer, Int32(options.bufferSize))
        unsafe pcap_set_promisc(pointer, options.isPromiscuous && interface != Self.any ? 1 : 0)
        // Not immediate mode: that is one packet a frame of the ring, which is 256 KiB large. Blocks are as prompt as this.
        unsafe pcap_set_timeout(pointer, Self.milliseconds(options.delay))
        unsafe pcap_set_tstamp_precision(pointer, PCAP_TSTAMP_PRECISION_NANO)
        let status = unsafe pcap_activate(pointer)
        // Above zero are warnings: of devices without promiscuous mode, or of a kind that libpcap reads cooked.
        if status < 0 { throw LiveCaptureError(interface: interface, reason: reason(of: status, options)) }
        // Nothing else has the interface index and the direction of each packet.
        if interface == Self.any, unsafe pcap_set_datalink(pointer, DLT_LINUX_SLL2) != 0 {
            throw LiveCaptureError(interface: interface, reason: .system(message))
        }
        try filter(interface, options)
        var text = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard unsafe pcap_setnonblock(pointer, 1, &text) == 0 else {
            throw LiveCaptureError(interface: interface, reason: .system(Self.line(text)))
        }
    }

    /// Sets the filter, also an empty one: only a filter's answer tells the kernel how much of a packet to keep.
    ///
    /// Without it whole packets go into the ring, and libpcap cuts them when it hands them over.
    private func filter(_ interface: String, _ options: LiveOptions) throws(LiveCaptureError) {
        var program = unsafe bpf_program()
        guard unsafe pcap_compile(pointer, &program, options.filter, 1, UInt32.max) == 0 else {
            let error = CaptureFilterError(expression: options.filter, reason: message)
            throw LiveCaptureError(interface: interface, reason: .filter(error))
        }
        defer { unsafe pcap_freecode(&program) }
        let instructions = unsafe UnsafeBufferPointer(start: program.bf_insns, count: Int(program.bf_len))
        var code = options.omitsTagged ? Self.refusesTagged : []
        unsafe code.append(contentsOf: instructions)
        let status = unsafe code.withUnsafeMutableBufferPointer { code in
            var whole = unsafe bpf_program(bf_len: UInt32(code.count), bf_insns: code.baseAddress)
            return unsafe pcap_setfilter(pointer, &whole)
        }
        guard status == 0 else { throw LiveCaptureError(interface: interface, reason: .system(message)) }
    }

    /// What stands before a filter that is to see untagged packets only; jumps are relative, so the filter stays as it is.
    ///
    /// pcap-filter(7)'s `not vlan` does not compile for SLL2. The kernel answers at this place in the packet whether it took
    /// a tag out of it: SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT, linux/filter.h.
    private static var refusesTagged: [bpf_insn] {
        let tagPresent = UInt32(bitPattern: -0x1000 + 48)
        return [
            bpf_insn(code: UInt16(BPF_LD | BPF_B | BPF_ABS), jt: 0, jf: 0, k: tagPresent),
            bpf_insn(code: UInt16(BPF_JMP | BPF_JEQ | BPF_K), jt: 1, jf: 0, k: 0),
            bpf_insn(code: UInt16(BPF_RET | BPF_K), jt: 0, jf: 0, k: 0),
        ]
    }

    private func reason(of status: Int32, _ options: LiveOptions) -> LiveCaptureError.Reason {
        switch status {
        case PCAP_ERROR_NO_SUCH_DEVICE: .noSuchInterface
        case PCAP_ERROR_IFACE_NOT_UP: .notUp
        case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED: .notPermitted(capability: "CAP_NET_RAW")
        // libpcap has tried ever smaller ones down to a single block by now.
        default: message.contains("can't create rx ring") ? .bufferSize(options.bufferSize) : .system(message)
        }
    }

    /// For libpcap, in which 0 means for ever.
    private static func milliseconds(_ delay: Duration) -> Int32 {
        let (seconds, attoseconds) = delay.components
        let milliseconds = min(max(seconds, 0), 3600) * 1000 + attoseconds / 1_000_000_000_000_000
        return Int32(clamping: max(1, milliseconds))
    }
}
