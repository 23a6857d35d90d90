import CPcap

/// The end of a filter program: how much of a packet that passed is kept.
///
/// Most bytes of a busy network are TCP segments in the middle of a transfer, of which nobody here reads more than headers.
/// Of those the kernel keeps `shortLength` bytes; of a segment that may begin with a name (a TLS handshake, an HTTP
/// request, a DNS message) and of everything else all it is asked for.
///
/// Classic BPF, linux/filter.h. A load past the packet's end would reject the packet: nothing is looked at in one that is no
/// longer than what is kept anyhow, and past that length nothing is looked at.
enum BulkCut {
    /// Bytes kept of a TCP segment under way: link, IP and TCP headers of any length, and what tells protocols apart.
    static var shortLength: UInt32 { 256 }

    /// The program with each of its answers that keeps a packet replaced by a look at the packet; as it was where that
    /// would save nothing or the link type is another than Ethernet and SLL2.
    static func applied(to program: [bpf_insn], linkType: UInt16, keeping length: UInt32) -> [bpf_insn] {
        let link: UInt32
        let protocolOffset: UInt32
        switch linkType {
        case 1: (link, protocolOffset) = (14, 12)
        case 276: (link, protocolOffset) = (20, 0)
        default: return program
        }
        guard length > shortLength else { return program }
        var code = program
        for (index, instruction) in program.enumerated() where instruction.code == keep && instruction.k != 0 {
            code[index] = bpf_insn(code: UInt16(BPF_JMP | BPF_JA), jt: 0, jf: 0, k: UInt32(program.count - index - 1))
        }
        return code + ending(link: link, protocolOffset: protocolOffset, length: length)
    }

    private static var keep: UInt16 { UInt16(BPF_RET | BPF_K) }

    /// Looks at a packet whose IP header is at `link`.
    private static func ending(link: UInt32, protocolOffset: UInt32, length: UInt32) -> [bpf_insn] {
        var program = Assembly()
        program.add(BPF_LD | BPF_W | BPF_LEN, 0)
        program.jump(BPF_JGT, shortLength, else: .whole)
        program.load(BPF_H, at: protocolOffset)
        program.jump(BPF_JEQ, 0x86dd, to: .ipv6)
        program.jump(BPF_JEQ, 0x0800, else: .whole)
        program.load(BPF_B, at: link + 9)
        program.jump(BPF_JEQ, 6, else: .whole)
        program.load(BPF_H, at: link + 6)
        program.jump(BPF_JSET, 0x1fff, to: .whole)
        program.add(BPF_LDX | BPF_B | BPF_MSH, link)
        program.jump(to: .tcp)

        program.place(.ipv6)
        program.load(BPF_B, at: link + 6)
        program.jump(BPF_JEQ, 6, else: .whole)
        program.add(BPF_LDX | BPF_W | BPF_IMM, 40)

        // X is the IP header's length.
        program.place(.tcp)
        for port in [UInt32(0), 2] {
            program.load(BPF_H, atX: link + port)
            program.jump(BPF_JEQ, 53, to: .whole)
        }
        program.load(BPF_B, atX: link + 12)
        program.add(BPF_ALU | BPF_AND | BPF_K, 0xf0)
        program.add(BPF_ALU | BPF_RSH | BPF_K, 2)
        program.add(BPF_ALU | BPF_ADD | BPF_X, 0)
        program.add(BPF_MISC | BPF_TAX, 0)
        // X is where the payload begins, counted from the IP header: at most 120.
        program.load(BPF_H, atX: link)
        program.jump(BPF_JEQ, 0x1603, to: .whole)
        // Two capital letters: a method, "HTTP/", "SSH-".
        program.add(BPF_ALU | BPF_AND | BPF_K, 0xe0e0)
        program.jump(BPF_JEQ, 0x4040, to: .whole)

        program.place(.short)
        program.add(BPF_RET | BPF_K, shortLength)
        program.place(.whole)
        program.add(BPF_RET | BPF_K, length)
        return program.code
    }
}
