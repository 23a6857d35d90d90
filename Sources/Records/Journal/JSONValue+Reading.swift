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
    init?(json: JSONValue) {
        guard let inode = UInt64(json: json) else { return nil }
        self.init(inode: inode)
    }
}

extension [String] {
    init?(json: JSONValue) {
        guard case .array(let elements) = json else { return nil }
        self = []
        for element in elements {
            guard case .string(let text) = element else { return nil }
            append(text)
        }
    }
}
