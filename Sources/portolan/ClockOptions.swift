import ArgumentParser
import Capture
import Monitor
import Records
import Wire

/// Which clocks the files of several hosts had.
struct ClockOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Find out how far the clock of each file is from that of the first, by packets that both have, and set it right."
        )
    )
    var align = false

    @Option(
        name: .customLong("clock"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "Set a file right whose clock was ahead by so much: b.pcap=3.7s, or behind: b.pcap=-250ms. Repeatable.",
            valueName: "file=time"
        )
    )
    var told: [String] = []

    func validate() throws {
        for argument in told where ToldClock(argument) == nil {
            throw ValidationError(
                "--clock wants a file and how far its clock was ahead, in s, ms, us or ns: b.pcap=3.7s"
            )
        }
    }

    /// What is wrong with them, for files that are read; nil where nothing is.
    func mistake(for files: [String]) -> String? {
        if !align, told.isEmpty { return nil }
        if files.count < 2 { return "--align and --clock go with several captures: -r FILE -r FILE" }
        let clocks = told.compactMap { ToldClock($0) }
        if let stranger = clocks.first(where: { !files.contains($0.file) }) {
            return "--clock speaks of \(stranger.file), which no -r names"
        }
        for (index, clock) in clocks.enumerated() where clocks[..<index].contains(where: { $0.file == clock.file }) {
            return "--clock speaks of \(clock.file) twice; say once how far its clock was ahead"
        }
        if clocks.contains(where: { $0.file == files[0] }) {
            return "--clock speaks of the other files: it is the first one's clock that counts"
        }
        if align, files.contains("-") { return "--align reads files twice, which standard input cannot be" }
        return nil
    }

    /// Compares the clocks of files as far as that is asked for, and says on standard error what was found. Who names a file's clock is
    /// believed. Without shifts, files are of one host.
    func clocks(of files: [String], ports: TunnelPorts) throws -> Found {
        if !align, told.isEmpty { return Found() }
        var (clocks, shifts) = ([CaptureClock](), [String: ClockShift]())
        let told = told.compactMap { ToldClock($0) }
        if align {
            let alignment = try ClockAlignment(paths: files, ports: ports)
            (clocks, shifts) = (
                alignment.clocks.filter { clock in !told.contains { $0.file == clock.file } }, alignment.shifts
            )
        }
        for clock in told {
            let finding = CaptureClock.Finding.told(offset: clock.offset)
            clocks.append(CaptureClock(file: clock.file, standard: files[0], packets: 0, finding: finding))
            shifts[clock.file] = ClockShift(offset: clock.offset)
        }
        for clock in clocks { StandardError.say("\(clock)") }
        return Found(clocks: clocks, shifts: shifts)
    }

    /// What is known of clocks, and what sets them right.
    struct Found {
        var clocks: [CaptureClock] = []
        var shifts: [String: ClockShift]?
    }
}

/// `FILE=TIME`: how far somebody says that a file's clock was ahead.
struct ToldClock: Equatable {
    var file: String
    /// Nanoseconds.
    var offset: Int64

    init?(_ argument: String) {
        guard let equals = argument.lastIndex(of: "="), equals != argument.startIndex,
            let offset = Self.nanoseconds(argument[argument.index(after: equals)...])
        else { return nil }
        file = String(argument[..<equals])
        self.offset = offset
    }

    /// A decimal number and its unit; without one, seconds.
    private static func nanoseconds(_ text: Substring) -> Int64? {
        var text = text
        let isNegative = text.hasPrefix("-")
        if isNegative || text.hasPrefix("+") { text.removeFirst() }
        let units: [(name: String, places: Int)] = [("ms", 6), ("us", 3), ("µs", 3), ("ns", 0), ("s", 9)]
        var places = 9
        if let unit = units.first(where: { text.hasSuffix($0.name) }) {
            text.removeLast(unit.name.count)
            places = unit.places
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""
        guard 1...2 ~= parts.count, fraction.count <= places, parts.count == 1 || !fraction.isEmpty, !parts[0].isEmpty,
            (parts[0] + fraction).allSatisfy({ $0.isASCII && $0.isNumber }),
            let value = Int64(parts[0] + fraction + String(repeating: "0", count: places - fraction.count)),
            value <= 1 << 60
        else { return nil }
        return isNegative ? -value : value
    }
}
