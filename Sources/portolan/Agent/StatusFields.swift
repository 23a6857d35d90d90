import Addressing
import Records

/// What an agent says of itself, by keys within keys. What is not told is not known.
struct StatusFields {
    private let status: JSONValue

    init(_ body: [UInt8]) throws {
        status = try JSONReader.read(body.span)
        guard case .object = status else {
            throw AgentQuery.Failure(description: "what the agent says cannot be understood; is it of another version?")
        }
    }

    private func value(_ keys: [String]) -> JSONValue? {
        var value = status
        for key in keys {
            guard case .object(let members) = value, let member = members[key] else { return nil }
            value = member
        }
        return value
    }

    func string(_ keys: String...) -> String? { string(at: keys) }

    private func string(at keys: [String]) -> String? {
        guard case .string(let text) = value(keys) else { return nil }
        return text
    }

    func number(_ keys: String...) -> UInt64? { number(at: keys) }

    func number(at keys: [String]) -> UInt64? {
        guard case .integer(let number) = value(keys) else { return nil }
        return UInt64(exactly: number)
    }

    func moment(_ keys: String...) -> Timestamp? { string(at: keys).flatMap { try? PacketTime.parse($0) } }
}
