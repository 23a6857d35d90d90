import Addressing
import Containers

extension FixedWidthInteger {
    /// A whole number that fits.
    init?(json: JSONValue) {
        guard case .integer(let number) = json else { return nil }
        self.init(exactly: number)
    }
}

extension String {
    init?(json: JSONValue) {
        guard case .string(let text) = json else { return nil }
        self = text
    }
}

extension Bool {
    init?(json: JSONValue) {
        guard case .bool(let truth) = json else { return nil }
        self = truth
    }
}

extension IPAddress {
    init?(json: JSONValue) {
        guard case .string(let text) = json else { return nil }
        self.init(text)
    }
}

extension MACAddress {
    init?(json: JSONValue) {
        guard case .string(let text) = json else { return nil }
        self.init(text)
    }
}

extension Timestamp {
    init?(json: JSONValue) {
        guard case .string(let text) = json else { return nil }
        self.init(text: text)
    }
}

extension NetworkNamespace {
    /// As `description` writes it: `net:[4026531840]`.
    init?(json: JSONValue) {
        guard case .string(let text) = json, text.hasPrefix("net:["), text.hasSuffix("]") else { return nil }
        let digits = text.dropFirst(5).dropLast()
        guard digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let inode = UInt64(digits) else { return nil }
        self.init(inode: inode)
    }
}
