import Addressing
import Records

/// What an agent says of itself, for people.
struct StatusText {
    private let status: [String: JSONValue]
    private let now: Timestamp

    init(_ body: [UInt8], now: Timestamp) throws {
        guard case .object(let status) = try JSONReader.read(body.span) else {
            throw AgentQuery.Failure(description: "what the agent says cannot be understood; is it of another version?")
        }
        self.status = status
        self.now = now
    }

    /// A line for each thing; what is not known is said to be so.
    var text: String {
        var lines = ["portolan \(string("observer", "version") ?? "of an unknown version")\(place)\(age)"]
        lines.append("\(count("capture", "packets")) packets captured, \(losses)")
        lines.append("\(count("flows")) flows ended, \(bytes("network", "bytes")) of IP")
        lines.append("\(count("containers")) containers")
        lines.append("\(count("graph", "endpoints")) endpoints and \(count("graph", "edges")) edges in the graph")
        if let memory { lines.append(memory) }
        return lines.map { Printable.text($0) + "\n" }.joined()
    }

    /// How it goes with what it remembers; nil where nothing is to be.
    private var memory: String? {
        guard let path = string("store", "path") else { return nil }
        if let fault = string("store", "fault") { return "remembers nothing: \(fault)" }
        let lost = number("store", "lost") ?? 0
        let loss = lost == 0 ? "none lost" : "\(Quantity.count(lost)) lost"
        return "\(count("store", "written")) records in \(path), \(loss)"
    }

    private var place: String { string("observer", "hostname").map { " on \($0)" } ?? "" }

    private var age: String {
        guard let text = string("observer", "started"), let started = try? PacketTime.parse(text) else { return "" }
        return ", watching for \(Quantity.age(max(0, now.nanoseconds - started.nanoseconds)))"
    }

    private var losses: String {
        guard number("capture", "dropped") != nil else { return "how many were lost is not known" }
        return "\(count("capture", "dropped")) lost"
    }

    private func value(_ keys: [String]) -> JSONValue? {
        var value = JSONValue.object(status)
        for key in keys {
            guard case .object(let members) = value, let member = members[key] else { return nil }
            value = member
        }
        return value
    }

    private func string(_ keys: String...) -> String? {
        guard case .string(let text) = value(keys) else { return nil }
        return text
    }

    private func number(_ keys: String...) -> UInt64? { number(at: keys) }

    private func number(at keys: [String]) -> UInt64? {
        guard case .integer(let number) = value(keys) else { return nil }
        return UInt64(exactly: number)
    }

    private func count(_ keys: String...) -> String { number(at: keys).map(Quantity.count) ?? "an unknown number of" }

    private func bytes(_ keys: String...) -> String { number(at: keys).map(Quantity.bytes) ?? "an unknown amount" }
}
