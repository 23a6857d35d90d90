/// What is asked of an agent, as a request has it: a path, and names with values.
struct AgentTarget {
    private(set) var text: String
    private var hasQuery = false

    init(_ path: String) {
        text = path
    }

    /// Adds a name and its value, when there is one. RFC 3986, section 2.1.
    mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        text += "\(hasQuery ? "&" : "?")\(name)="
        hasQuery = true
        for byte in value.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e:
                text.unicodeScalars.append(UnicodeScalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
    }
}
