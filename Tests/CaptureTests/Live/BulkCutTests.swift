import CPcap
import Support
import Testing

@testable import Capture

/// The filter's ending as libpcap's own interpreter runs it; the live tests see the kernel do the same.
@Suite("Cut of bulk data")
struct BulkCutTests {
    private static let length: UInt32 = 2000

    /// What the program answers for a frame: 0 to drop it, else how much to keep.
    private static func kept(_ frame: [UInt8], linkType: UInt16 = 1, expression: String = "") throws -> UInt32 {
        var program = unsafe bpf_program()
        let dataLink = linkType == 1 ? DLT_EN10MB : DLT_LINUX_SLL2
        guard let handle = unsafe pcap_open_dead(dataLink, Int32(length)) else {
            throw LiveNamespace.Failure(what: "dead")
        }
        defer { unsafe pcap_close(handle) }
        let isCompiled = unsafe pcap_compile(handle, &program, expression, 1, UInt32.max) == 0
        try #require(isCompiled)
        defer { unsafe pcap_freecode(&program) }
        let plain = unsafe Array(UnsafeBufferPointer(start: program.bf_insns, count: Int(program.bf_len)))
        let code = BulkCut.applied(to: plain, linkType: linkType, keeping: length)
        let isValid = unsafe bpf_validate(code, Int32(code.count)) == 1
        try #require(isValid)
        // As for the kernel, SLL2 is not part of the length.
        let wire = frame.count - (linkType == 1 ? 0 : 20)
        return unsafe bpf_filter(code, frame, UInt32(wire), UInt32(frame.count))
    }

    private static func cooked(_ frame: [UInt8]) -> [UInt8] {
        Array(frame[12..<14]) + [UInt8](repeating: 0, count: 18) + frame[14...]
    }

    private static func segment(
        _ payload: [UInt8],
        from source: UInt16 = 40_000,
        to port: UInt16 = 443,
        isIPv6: Bool = false
    ) -> [UInt8] {
        PacketBuilder.segment(
            from: isIPv6 ? .host6(1) : .host(1),
            source,
            to: isIPv6 ? .host6(2) : .host(2),
            port,
            "A",
            payload
        )
    }

    private static let bulk = [UInt8](repeating: 0x80, count: 1000)

    @Test(
        arguments: [
            (segment(bulk), 256), (segment(bulk, isIPv6: true), 256), (segment([0x17, 3, 3, 4, 0] + bulk), 256),
            (segment(Array("abc".utf8) + bulk), 256), (segment([0x16, 0x30] + bulk), 256),
            // Short ones whole, which is the same.
            (segment([]), 2000), (segment([0x80], isIPv6: true), 2000),
            // A TLS handshake, HTTP both ways, SSH.
            (segment([0x16, 3, 1, 2, 0] + bulk), 2000), (segment([0x16, 3, 1, 2, 0] + bulk, isIPv6: true), 2000),
            (segment(Array("GET / HTTP/1.1\r\n".utf8) + bulk), 2000), (segment(Array("HTTP/1.1 200".utf8)), 2000),
            (segment(Array("SSH-2.0-OpenSSH_9.2".utf8)), 2000), (segment(Array("PRI * HTTP/2.0".utf8)), 2000),
            // DNS over TCP begins with its length.
            (segment([1, 0] + bulk, to: 53), 2000), (segment([1, 0] + bulk, from: 53), 2000),
            (segment([1, 0] + bulk, to: 53, isIPv6: true), 2000),
            // Whatever is no TCP: a tunnel may be in it.
            (PacketBuilder.datagram(from: .host(1), 1, to: .host(2), 8472, bulk), 2000),
            (PacketBuilder.datagram(from: .host6(1), 1, to: .host6(2), 53, bulk), 2000),
            (PacketBuilder.vxlan(segment(bulk), 42), 2000),
            (PacketBuilder.ethernet([0, 1, 8, 0, 6, 4], type: 0x0806), 2000),
            (PacketBuilder.ethernet(Array(segment(bulk)[14...]), type: 0x88b5), 2000),
        ] as [([UInt8], UInt32)]
    )
    func keepsWhatMayCarryAName(frame: [UInt8], kept: UInt32) throws {
        #expect(try Self.kept(frame) == kept)
        #expect(try Self.kept(Self.cooked(frame), linkType: 276) == kept)
    }

    @Test func readsWherePayloadsBeginBehindOptions() throws {
        // Four words of IP options and two of TCP's, which look like bulk data: the payload is a greeting.
        var frame = Self.segment([UInt8](repeating: 0xee, count: 8) + [0x16, 3, 1] + Self.bulk)
        frame[46] = 0x70
        #expect(try Self.kept(frame) == 2000)
        frame.insert(contentsOf: [UInt8](repeating: 1, count: 16), at: 34)
        frame[14] = 0x49
        #expect(try Self.kept(frame) == 2000)
        #expect(try Self.kept(Self.cooked(frame), linkType: 276) == 2000)
        frame[62] = 0x50
        #expect(try Self.kept(frame) == 256)
    }

    @Test func keepsLaterFragmentsWhole() throws {
        var frame = Self.segment(Self.bulk)
        frame[21] = 1
        #expect(try Self.kept(frame) == 2000)
        frame[20] = 0x20
        frame[21] = 0
        #expect(try Self.kept(frame) == 256)
    }

    @Test func stillAppliesTheFilter() throws {
        let frame = Self.segment(Self.bulk)
        let expressions = [
            ("tcp port 443", UInt32(256)), ("tcp port 80 or tcp port 443", 256), ("udp", 0), ("not tcp", 0),
        ]
        for (expression, kept) in expressions {
            #expect(try Self.kept(frame, expression: expression) == kept)
            #expect(try Self.kept(Self.cooked(frame), linkType: 276, expression: expression) == kept)
        }
    }

    @Test(arguments: [(101, 2000), (113, 2000), (1, 256), (1, 64)] as [(UInt16, UInt32)])
    func leavesAloneWhereNothingIsSaved(linkType: UInt16, length: UInt32) {
        let program = [bpf_insn(code: UInt16(BPF_RET | BPF_K), jt: 0, jf: 0, k: length)]
        #expect(BulkCut.applied(to: program, linkType: linkType, keeping: length).count == 1)
    }

    @Test(arguments: [1, 276] as [UInt16])
    func losesNoFrameHoweverShortOrStrange(linkType: UInt16) throws {
        var numbers = SystemRandomNumberGenerator()
        let frames = [Self.segment([0x16, 3, 1] + Self.bulk), Self.segment(Self.bulk, isIPv6: true)]
        for frame in linkType == 1 ? frames : frames.map(Self.cooked) {
            // SLL2 is always whole: libpcap writes it.
            let first = linkType == 1 ? 0 : 20
            for length in first..<frame.count {
                var cut = Array(frame.prefix(length))
                #expect(try Self.kept(cut, linkType: linkType) > 0)
                for _ in 0..<min(length, 4) {
                    cut[Int.random(in: 0..<min(length, 70), using: &numbers)] = UInt8.random(in: 0...255)
                }
                #expect(try Self.kept(cut, linkType: linkType) > 0, "\(cut.prefix(140))")
            }
        }
    }
}
