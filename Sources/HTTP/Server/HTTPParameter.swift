/// A name and a value from a request's query: `last=5m`.
package struct HTTPParameter: Hashable, Sendable {
    package var name: String
    /// Empty when there is no `=`.
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Pairs of one query.
    static var countLimit: Int { 128 }
    /// Bytes of one query, as it came.
    static var sizeLimit: Int { 8 << 10 }

    /// Takes a query apart, in its order; the same name may come several times.
    ///
    /// As browsers and curl write it: `&` between pairs, `+` for a space, `%` and two hexadecimal digits for any byte. RFC 3986,
    /// section 2.1, and the URL Standard, section 5.1. Nil when an escape is none, when bytes are no UTF-8, or when it is longer
    /// than its limits.
    static func list(of query: String) -> [HTTPParameter]? {
        guard query.utf8.count <= sizeLimit else { return nil }
        let pairs = query.utf8.split(separator: UInt8(ascii: "&"))
        guard pairs.count <= countLimit else { return nil }
        var list: [HTTPParameter] = []
        for pair in pairs {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = text(of: parts[0]), let value = text(of: parts.count > 1 ? parts[1] : "".utf8[...]) else {
                return nil
            }
            list.append(HTTPParameter(name: name, value: value))
        }
        return list
    }

    private static func text(of escaped: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var rest = escaped
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
