import Flows
import Records

/// What a stored flow is, in one number: a column that SQLite keeps in a few bytes.
struct FlowTraits: Hashable {
    var state: FlowRecord.State
    var endReason: Flow.EndReason?
    var connectionState: ConnectionState
    var timestampDigits: Int
    var isIPv6: Bool
    var beganWithResponder: Bool
    /// Whether NAT showed other addresses or ports, which stand among the fields.
    var hasNAT: Bool

    // The order of these is what is stored: new ones go to the end.
    private static let reasons: [Flow.EndReason] = [
        .idle, .active, .fin, .rst, .forced, .evicted, .joined, .captureEnd,
    ]
    private static let connectionStates: [ConnectionState] = [
        .oth, .s0, .s1, .sf, .rej, .s2, .s3, .rsto, .rstr, .rstos0, .rstrh, .sh, .shr,
    ]
    private static let states: [FlowRecord.State] = [.new, .established, .closed]

    init(_ record: FlowRecord) {
        state = record.state
        endReason = record.endReason
        connectionState = record.connectionState
        timestampDigits = record.timestampDigits
        isIPv6 = record.isIPv6
        beganWithResponder = record.beganWithResponder
        hasNAT = record.source.nat != nil || record.destination.nat != nil
    }

    /// Nil for a number that none was stored as.
    init?(_ number: Int64) {
        func part(_ shift: Int64, _ bits: Int64) -> Int { Int(number >> shift & (1 << bits - 1)) }
        guard number >= 0, number >> 24 == 0, part(8, 2) < Self.states.count, part(10, 4) <= Self.reasons.count,
            part(14, 4) < Self.connectionStates.count
        else { return nil }
        isIPv6 = part(0, 1) == 1
        beganWithResponder = part(1, 1) == 1
        hasNAT = part(2, 1) == 1
        timestampDigits = part(18, 6)
        state = Self.states[part(8, 2)]
        endReason = part(10, 4) == 0 ? nil : Self.reasons[part(10, 4) - 1]
        connectionState = Self.connectionStates[part(14, 4)]
    }

    /// What a reason adds to the number of a flow without one.
    static func number(of reason: Flow.EndReason) -> Int64 {
        Int64(reasons.firstIndex(of: reason).map { $0 + 1 } ?? 0) << 10
    }

    var number: Int64 {
        var number: Int64 = isIPv6 ? 1 : 0
        if beganWithResponder { number |= 2 }
        if hasNAT { number |= 4 }
        number |= Int64(Self.states.firstIndex(of: state) ?? 0) << 8
        if let endReason { number |= Self.number(of: endReason) }
        number |= Int64(Self.connectionStates.firstIndex(of: connectionState) ?? 0) << 14
        number |= Int64(min(63, max(0, timestampDigits))) << 18
        return number
    }
}
