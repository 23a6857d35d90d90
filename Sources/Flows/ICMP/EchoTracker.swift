import Wire

/// Whether echoes bring back what was sent: RFC 792 has the data of an echo request returned as it was.
///
/// Of a flow the last request is remembered, in places that other protocols use: no memory of its own. Packets that were captured
/// short or came in fragments are passed over, and so are echoes of earlier requests.
enum EchoTracker {
    /// Wrong echoes in a row after which it stays so.
    static var limit: UInt8 { 3 }
    /// Octets of the data by which an echo is compared that is shorter than its request: some hosts cut them.
    private static var head: Int { 32 }

    /// Whether a packet asks for an echo or is one.
    @inline(__always)
    static func concerns(_ packet: UnsafePointer<Packet>) -> Bool {
        let type = unsafe packet.pointee.icmpType
        switch unsafe packet.pointee.protocolNumber {
        case 1: return type == 8 || type == 0
        case 58: return type == 128 || type == 129
        default: return false
        }
    }

    /// Takes in a message, which begins with its type, and was captured whole.
    static func observe(_ message: RawSpan, _ counters: inout FlowCounters, _ detail: inout FlowDetail) {
        let length = ICMPHeader.length
        guard message.byteCount > length else { return }
        let data = message.extracting(droppingFirst: length)
        let number = message.bigEndian(UInt32.self, at: 4)
        let first = hash(data.extracting(first: min(head, data.byteCount)))
        var memory = EchoMemory(detail)
        if message[0] == 8 || message[0] == 128 {
            memory.length = UInt16(clamping: data.byteCount)
            memory.first = first
            counters.lowNext = number
            counters.highNext = hash(data)
        } else if memory.length > 0, counters.lowNext == number {
            note(isWrong: isWrong(data, first, memory, counters), &memory)
            // Another echo of the same answers nothing.
            memory.length = 0
        }
        memory.write(to: &detail)
    }

    private static func note(isWrong: Bool, _ memory: inout EchoMemory) {
        if memory.mismatches < limit { memory.mismatches = isWrong ? memory.mismatches + 1 : 0 }
    }

    private static func isWrong(
        _ data: RawSpan,
        _ first: UInt32,
        _ memory: EchoMemory,
        _ counters: FlowCounters
    ) -> Bool {
        let asked = Int(memory.length)
        if data.byteCount == asked || asked == Int(UInt16.max) { return hash(data) != counters.highNext }
        if data.byteCount > asked { return true }
        return data.byteCount >= head && first != memory.first
    }

    /// Of no use against who makes data that meet in it: that data would carry less.
    private static func hash(_ data: RawSpan) -> UInt32 {
        var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
        var place = 0
        while place + 8 <= data.byteCount {
            hash = mixed(hash ^ data.bigEndian(UInt64.self, at: place))
            place += 8
        }
        while place < data.byteCount {
            hash = mixed(hash ^ UInt64(data[place]))
            place += 1
        }
        return UInt32(truncatingIfNeeded: hash >> 32)
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value &* 0xbf58_476d_1ce4_e5b9
        return product ^ product >> 29
    }
}

/// What is remembered of the last echo request besides its number and the hash of it all: where a TCP flow has its history.
struct EchoMemory {
    /// Hash of the first octets of the data.
    var first: UInt32
    /// Octets of the data; 0 where no echo is waited for.
    var length: UInt16
    /// Wrong echoes in a row.
    var mismatches: UInt8

    init(_ detail: FlowDetail) {
        let bits = detail.history.bits
        first = UInt32(truncatingIfNeeded: bits)
        length = UInt16(truncatingIfNeeded: bits >> 32)
        mismatches = UInt8(truncatingIfNeeded: bits >> 48)
    }

    func write(to detail: inout FlowDetail) {
        detail.history.bits = UInt64(first) | UInt64(length) << 32 | UInt64(mismatches) << 48
    }
}
