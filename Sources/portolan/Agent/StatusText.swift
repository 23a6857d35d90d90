import Addressing

/// What an agent says of itself, for people.
struct StatusText {
    private let fields: StatusFields
    private let now: Timestamp

    init(_ body: [UInt8], now: Timestamp) throws {
        fields = try StatusFields(body)
        self.now = now
    }

    /// A line for each thing; what is not known is said to be so.
    var text: String {
        var lines = ["portolan \(fields.string("observer", "version") ?? "of an unknown version")\(place)\(age)"]
        lines.append("\(count("capture", "packets")) packets captured, \(losses)")
        lines.append("\(count("flows")) flows ended, \(bytes("network", "bytes")) of IP")
        lines.append("\(count("containers")) containers")
        lines.append("\(count("graph", "endpoints")) endpoints and \(count("graph", "edges")) edges in the graph")
        if let held { lines.append(held) }
        if let memory { lines.append(memory) }
        lines += recording
        if let cases { lines.append(cases) }
        return lines.map { Printable.text($0) + "\n" }.joined()
    }

    /// How it goes with what it remembers; nil where nothing is to be.
    private var memory: String? {
        guard let path = fields.string("store", "path") else { return nil }
        if let fault = fields.string("store", "fault") { return "remembers nothing: \(fault)" }
        let lost = fields.number("store", "lost") ?? 0
        let loss = lost == 0 ? "none lost" : "\(Quantity.count(lost)) lost"
        return "\(count("store", "written")) records in \(path), \(loss)"
    }

    /// How it goes with packets that are written down; none where none are to be.
    private var recording: [String] {
        guard let path = fields.string("recording", "path") else { return [] }
        if let fault = fields.string("recording", "fault") { return ["records no packets: \(fault)"] + kept }
        let lost = fields.number("recording", "left_out") ?? 0
        let loss = lost == 0 ? "none left out" : "\(Quantity.count(lost)) left out"
        return ["\(count("recording", "packets")) packets recorded in \(path), \(loss)"] + kept
    }

    /// What of them is kept for alerts; none where nothing is.
    private var kept: [String] {
        guard let files = fields.number("recording", "kept", "files") else { return [] }
        let refused = fields.number("recording", "kept", "refused") ?? 0
        if files == 0, refused == 0 { return [] }
        let rest = refused == 0 ? "" : ", \(Quantity.count(refused)) more had no room"
        return [
            "\(Quantity.count(files)) files of packets kept for alerts, \(bytes("recording", "kept", "bytes"))\(rest)"
        ]
    }

    /// What is kept until it is let go; nil where there is nothing to say.
    private var cases: String? {
        guard let open = fields.number("cases", "open"), let ended = fields.number("cases", "ended") else { return nil }
        let refused = fields.number("cases", "refused") ?? 0
        let full = fields.number("cases", "full") ?? 0
        guard open + ended + refused > 0 else { return nil }
        var text = "\(open) open cases and \(ended) ended, \(bytes("cases", "bytes")) kept past their time"
        if full > 0 { text += "; \(full) have no room for more" }
        if refused > 0 { text += "; \(refused) containers got none: portolan case release lets go of others" }
        return text
    }

    /// What waits until it is known; nil where nothing has to.
    private var held: String? {
        guard let waiting = fields.number("held", "devices") else { return nil }
        let packets = count("held", "packets")
        return "\(Quantity.count(waiting)) devices held until they are known, and \(packets) packets so far"
    }

    private var place: String { fields.string("observer", "hostname").map { " on \($0)" } ?? "" }

    private var age: String {
        guard let started = fields.moment("observer", "started") else { return "" }
        return ", watching for \(Quantity.age(max(0, now.nanoseconds - started.nanoseconds)))"
    }

    private var losses: String {
        guard fields.number("capture", "dropped") != nil else { return "how many were lost is not known" }
        return "\(count("capture", "dropped")) lost"
    }

    private func count(_ keys: String...) -> String {
        fields.number(at: keys).map(Quantity.count) ?? "an unknown number of"
    }

    private func bytes(_ keys: String...) -> String {
        fields.number(at: keys).map(Quantity.bytes) ?? "an unknown amount"
    }
}
