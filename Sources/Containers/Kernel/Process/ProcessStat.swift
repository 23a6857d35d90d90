/// What /proc/PID/stat tells of a process, as far as it is used. proc_pid_stat(5).
struct ProcessStat: Hashable {
    var name: String
    /// One letter; `Z` has ended and nobody has asked for its status.
    var state: UInt8
    var parent: Int32
    var isKernelThread: Bool
    /// Since the system's start, in ticks of 1/100 s (always on x86 and ARM: USER_HZ).
    var startTicks: UInt64

    /// Nil when the text is torn or none.
    init?(_ text: ArraySlice<UInt8>) {
        // A process may call itself ") R 1 (": only after the last parenthesis nothing is of its choosing.
        guard let open = text.firstIndex(of: UInt8(ascii: "(")), let close = text.lastIndex(of: UInt8(ascii: ")")),
            open < close
        else { return nil }
        name = String(decoding: text[(open + 1)..<close], as: UTF8.self)
        var rest = text[(close + 1)...]
        var fields: [ArraySlice<UInt8>] = []
        fields.reserveCapacity(20)
        // The third field of the file is the first here, and the start time its twenty-second.
        while fields.count < 20, rest.first == UInt8(ascii: " ") {
            rest = rest.dropFirst()
            let end = rest.firstIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") } ?? rest.endIndex
            fields.append(rest[..<end])
            rest = rest[end...]
        }
        guard fields.count == 20, let state = fields[0].first, fields[0].count == 1,
            let parent = UInt64(decimal: fields[1]).flatMap(Int32.init(exactly:)),
            let flags = UInt64(decimal: fields[6]), let ticks = UInt64(decimal: fields[19])
        else { return nil }
        self.state = state
        self.parent = parent
        // PF_KTHREAD of linux/sched.h.
        isKernelThread = flags & 0x0020_0000 != 0
        startTicks = ticks
    }
}
