import Addressing
import HTTP
import Records

/// What a request asks for besides its path.
struct Parameters {
    /// Why a request cannot be answered: text for whoever asked.
    struct Mistake: Error {
        let message: String
    }

    private let values: [String: String]
    private let now: Timestamp

    /// Takes the query of a request apart; a name that is not among `names`, or comes twice, is a mistake.
    init(_ request: HTTPRequest, names: Set<String>, now: Timestamp) throws(Mistake) {
        guard let parameters = request.parameters else { throw Mistake(message: "the query cannot be read") }
        var values: [String: String] = [:]
        for parameter in parameters {
            guard names.contains(parameter.name) else {
                let known = names.sorted().joined(separator: ", ")
                throw Mistake(message: "there is no \(parameter.name) here, but \(known.isEmpty ? "nothing" : known)")
            }
            guard values.updateValue(parameter.value, forKey: parameter.name) == nil else {
                throw Mistake(message: "\(parameter.name) is given twice")
            }
        }
        self.values = values
        self.now = now
    }

    func text(_ name: String) -> String? { values[name] }

    func moment(_ name: String) throws(Mistake) -> Timestamp? {
        guard let text = values[name] else { return nil }
        guard let time = AskedTime.parse(text, now: now) else {
            throw Mistake(message: "\(name) is a time as 2026-11-21T20:01:57Z, or how long ago, as 5m or 2h")
        }
        return time
    }

    func number(_ name: String, in range: ClosedRange<Int>) throws(Mistake) -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Mistake(message: "\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func flag(_ name: String) throws(Mistake) -> Bool {
        switch values[name] {
        case nil, "0", "false": return false
        case "", "1", "true": return true
        default: throw Mistake(message: "\(name) is true or false")
        }
    }

    func filter(_ name: String) throws(Mistake) -> FlowFilter {
        guard let text = values[name] else { return FlowFilter() }
        do {
            return try FlowFilter(parsing: text)
        } catch {
            throw Mistake(message: "\(name): \(error)")
        }
    }
}
