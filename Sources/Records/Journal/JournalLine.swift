import Addressing
import Containers

/// One line of a journal as JSON, and its values by their paths, such as `container.image.name`.
struct JournalLine {
    let root: JSONValue

    typealias Reason = JournalError.Reason

    /// The value at a path; nil when it is not there, or null.
    func value(_ path: String) -> JSONValue? {
        var value = root
        for key in path.split(separator: ".") {
            guard case .object(let fields) = value, let next = fields[String(key)] else { return nil }
            value = next
        }
        return value == .null ? nil : value
    }

    /// What a closure makes of the value at a path; `wrong` when it makes nothing.
    func optional<Result>(_ path: String, _ read: (JSONValue) -> Result?) throws(Reason) -> Result? {
        guard let value = value(path) else { return nil }
        guard let result = read(value) else { throw .wrong(path) }
        return result
    }

    func required<Result>(_ path: String, _ read: (JSONValue) -> Result?) throws(Reason) -> Result {
        guard let result = try optional(path, read) else { throw .missing(path) }
        return result
    }

    func namespace(_ path: String) throws(Reason) -> NetworkNamespace {
        try required(path, NetworkNamespace.init(json:))
    }

    func interfaceKey(_ path: String) throws(Reason) -> InterfaceKey {
        InterfaceKey(
            namespace: try namespace(path + ".netns"),
            index: try required(path + ".ifindex", UInt32.init(json:))
        )
    }

    func containerKey() throws(Reason) -> ContainerKey {
        ContainerKey(
            identifier: try required("container.id", String.init(json:)),
            generation: try required("container.generation", UInt32.init(json:))
        )
    }

    func end(_ path: String) throws(Reason) -> Translation.End {
        Translation.End(
            address: try required(path + ".ip", IPAddress.init(json:)),
            port: try required(path + ".port", UInt16.init(json:))
        )
    }
}

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
