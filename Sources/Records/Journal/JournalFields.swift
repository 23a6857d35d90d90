import Addressing
import Containers

/// The keys of one object on a line, with the path to it for the errors.
struct JournalFields {
    private let fields: [String: JSONValue]
    private let path: String

    typealias Reason = JournalError.Reason

    /// The line's own object; nil when it is none.
    init?(_ root: JSONValue) {
        guard case .object(let fields) = root else { return nil }
        self.fields = fields
        path = ""
    }

    /// The object that a whole text is.
    init(reading text: Span<UInt8>) throws(Reason) {
        let root: JSONValue
        do {
            root = try JSONReader.read(text)
        } catch {
            throw .notJSON(error)
        }
        guard let fields = Self(root) else { throw .notJSON(.unexpected(at: 0)) }
        self = fields
    }

    private init(fields: [String: JSONValue], path: String) {
        self.fields = fields
        self.path = path
    }

    /// What is under a key; nil when it is not there, or null.
    subscript(key: String) -> JSONValue? {
        let value = fields[key]
        return value == .null ? nil : value
    }

    /// The object under a key, without fields when it is not there.
    func object(_ key: String) throws(Reason) -> Self {
        guard let value = self[key] else { return Self(fields: [:], path: path + key + ".") }
        guard case .object(let fields) = value else { throw .wrong(path + key) }
        return Self(fields: fields, path: path + key + ".")
    }

    /// Everything here as text, as labels are.
    func texts() throws(Reason) -> [String: String] {
        var texts: [String: String] = [:]
        texts.reserveCapacity(fields.count)
        for (key, field) in fields {
            guard case .string(let text) = field else { throw .wrong(String(path.dropLast())) }
            texts[key] = text
        }
        return texts
    }

    /// What a closure makes of each object of the array under a key; nil when there is none. None is written as nothing at all.
    func list<Result>(
        _ key: String,
        _ read: (Self) throws(Reason) -> Result
    ) throws(Reason) -> [Result]? {
        guard let value = self[key] else { return nil }
        guard case .array(let elements) = value else { throw .wrong(path + key) }
        var results: [Result] = []
        for element in elements {
            guard case .object(let fields) = element else { throw .wrong(path + key) }
            results.append(try read(Self(fields: fields, path: path + key + ".")))
        }
        return results.isEmpty ? nil : results
    }

    /// What a closure makes of the value under a key; `wrong` when it makes nothing.
    func optional<Result>(_ key: String, _ read: (JSONValue) -> Result?) throws(Reason) -> Result? {
        guard let value = self[key] else { return nil }
        guard let result = read(value) else { throw .wrong(path + key) }
        return result
    }

    func required<Result>(_ key: String, _ read: (JSONValue) -> Result?) throws(Reason) -> Result {
        guard let result = try optional(key, read) else { throw .missing(path + key) }
        return result
    }

    func namespace() throws(Reason) -> NetworkNamespace {
        try required("netns", NetworkNamespace.init(json:))
    }

    func interfaceKey() throws(Reason) -> InterfaceKey {
        InterfaceKey(namespace: try namespace(), index: try required("ifindex", UInt32.init(json:)))
    }

    func containerKey() throws(Reason) -> ContainerKey {
        ContainerKey(
            identifier: try required("id", String.init(json:)),
            generation: try required("generation", UInt32.init(json:))
        )
    }

    func end() throws(Reason) -> Translation.End {
        Translation.End(
            address: try required("ip", IPAddress.init(json:)),
            port: try required("port", UInt16.init(json:))
        )
    }

    /// The process under `process`, when there is one.
    func process() throws(Reason) -> SocketProcess? {
        guard self["process"] != nil else { return nil }
        let process = try object("process")
        return SocketProcess(
            identifier: try process.required("pid", Int32.init(json:)),
            name: try process.required("name", String.init(json:)),
            executable: try process.optional("executable", String.init(json:))
        )
    }
}
