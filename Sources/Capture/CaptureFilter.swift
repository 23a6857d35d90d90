package import Addressing
import CPcap

/// A pcap-filter(7) expression, applied to frames as they were captured: to the outer headers.
///
/// libpcap compiles it for the usual link types, and for others as they turn up; running it touches nothing but the frame's bytes. An
/// expression that means nothing on a link type, such as `ether host` on bare IP, lets no frame of that type through.
@safe package struct CaptureFilter: ~Copyable {
    @safe private struct Program {
        let linkType: UInt16
        /// `nil` when the expression does not apply to the link type.
        let code: UnsafeMutablePointer<bpf_program>?
    }

    package let expression: String

    /// Link types that turned up and that the expression cannot be applied to, with libpcap's reason.
    package private(set) var refusals: [UInt16: String] = [:]

    private var programs: [Program] = []

    /// Where the program of a link type is: a hostile file has all 65,536.
    private var places: [UInt16: Int] = [:]

    /// The program that was used last; mostly that is the next one, too.
    private var last = 0

    /// Checks the expression.
    ///
    /// What cannot be compiled for any of the usual link types is an error; libpcap's words for Ethernet are kept.
    /// Host names in it are resolved now, as tcpdump does, and files such as /etc/services read: later that may be forbidden, and an expression
    /// with a name in it is then refused on other link types.
    package init(_ expression: String) throws(CaptureFilterError) {
        self.expression = expression
        let reasons = Self.usual.compactMap { prepare($0) }
        guard !programs.isEmpty else {
            throw CaptureFilterError(expression: expression, reason: reasons.first ?? "it does not compile")
        }
    }

    /// Link types of which one must know the expression: Ethernet, bare IP and its versions, what "any" sees in both of its own, Wi-Fi, BSD's
    /// loopback. LINKTYPE_ values, tcpdump.org/linktypes.html. Each looks its names up anew, so that they are few.
    private static var usual: [UInt16] { [1, 101, 276, 113, 127, 228, 229, 0] }

    /// Compiles it for a link type; returns why not.
    private mutating func prepare(_ linkType: UInt16) -> String? {
        switch unsafe Self.compile(expression, dataLink: DataLink.of(linkType: linkType)) {
        case .success(let code):
            places[linkType] = programs.count
            programs.append(unsafe Program(linkType: linkType, code: code))
            return nil
        case .failure(let error): return error.reason
        }
    }

    deinit {
        for program in programs {
            if let code = unsafe program.code { unsafe Self.free(code) }
        }
    }

    /// Whether the frame, whose first captured byte is at `bytes`, is to be kept.
    mutating func keeps(_ frame: Frame, at bytes: UnsafeRawPointer) -> Bool {
        guard let code = unsafe program(for: frame.linkType) else { return false }
        return unsafe bpf_filter(
            code.pointee.bf_insns,
            bytes.assumingMemoryBound(to: UInt8.self),
            frame.wireLength,
            frame.capturedLength
        ) != 0
    }

    /// Whether a frame of a batch is to be kept.
    package mutating func keeps(_ frame: Frame, in bytes: RawSpan) -> Bool {
        guard frame.offset >= 0, frame.offset <= bytes.byteCount,
            Int(frame.capturedLength) <= bytes.byteCount - frame.offset
        else { return false }
        return unsafe bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return false }
            return unsafe keeps(frame, at: base + frame.offset)
        }
    }

    private mutating func program(for linkType: UInt16) -> UnsafeMutablePointer<bpf_program>? {
        if last < programs.count, programs[last].linkType == linkType { return unsafe programs[last].code }
        if let place = places[linkType] {
            last = place
            return unsafe programs[place].code
        }
        last = programs.count
        if let reason = prepare(linkType) {
            refusals[linkType] = reason
            places[linkType] = last
            unsafe programs.append(Program(linkType: linkType, code: nil))
        }
        return unsafe programs[last].code
    }

    /// Programs are allocated here and freed by `free`.
    private static func compile(
        _ expression: String,
        dataLink: Int32
    ) -> Result<UnsafeMutablePointer<bpf_program>, CaptureFilterError> {
        // The snapshot length is only what a matching program returns.
        guard let handle = unsafe pcap_open_dead(dataLink, 262_144) else {
            return unsafe .failure(CaptureFilterError(expression: expression, reason: "out of memory"))
        }
        defer { unsafe pcap_close(handle) }
        let code = UnsafeMutablePointer<bpf_program>.allocate(capacity: 1)
        unsafe code.initialize(to: bpf_program())
        if unsafe pcap_compile(handle, code, expression, 1, UInt32.max) == 0 { return unsafe .success(code) }
        let reason = unsafe String(cString: pcap_geterr(handle))
        unsafe code.deallocate()
        return unsafe .failure(CaptureFilterError(expression: expression, reason: reason))
    }

    private static func free(_ code: UnsafeMutablePointer<bpf_program>) {
        unsafe pcap_freecode(code)
        unsafe code.deallocate()
    }
}
