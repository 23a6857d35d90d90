/// Reads one JSON text (RFC 8259) strictly: nothing before or after it, no key twice, strings of valid UTF-8.
///
/// Follows nesting to `depth`. Bounded by the text it is given, which whoever calls must have bounded.
package struct JSONReader: ~Escapable {
    let bytes: Span<UInt8>
    var position = 0

    /// The deepest nesting that is followed.
    package static var depth: Int { 16 }

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
    }

    /// Reads the whole text as one value.
    package static func read(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes)
        reader.skipSpace()
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw .unexpected(at: reader.position) }
        return value
    }

    /// The byte that is due; nil at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < Self.depth else { throw .tooDeep(at: position) }
        // At the end 0 stands in, which begins nothing.
        switch next ?? 0 {
        case 0x7b: return try object(depth: depth)
        case 0x5b: return try array(depth: depth)
        case 0x22: return .string(try string())
        case 0x2d, 0x30...0x39: return try number()
        case 0x74:
            try word("true")
            return .bool(true)
        case 0x66:
            try word("false")
            return .bool(false)
        case 0x6e:
            try word("null")
            return .null
        default: throw .unexpected(at: position)
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        var fields: [String: JSONValue] = [:]
        position += 1
        skipSpace()
        if take(0x7d) { return .object(fields) }
        while true {
            let start = position
            guard next == 0x22 else { throw .unexpected(at: position) }
            let key = try string()
            skipSpace()
            guard take(0x3a) else { throw .unexpected(at: position) }
            skipSpace()
            let value = try value(depth: depth + 1)
            guard fields.updateValue(value, forKey: key) == nil else { throw .repeatedKey(at: start) }
            skipSpace()
            if take(0x7d) { return .object(fields) }
            guard take(0x2c) else { throw .unexpected(at: position) }
            skipSpace()
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        position += 1
        skipSpace()
        if take(0x5d) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(0x5d) { return .array(elements) }
            guard take(0x2c) else { throw .unexpected(at: position) }
            skipSpace()
        }
    }

    private mutating func word(_ word: StaticString) throws(JSONError) {
        let length = word.utf8CodeUnitCount
        for place in 0..<length {
            // A literal lives as long as the program, and the index is below its length.
            guard unsafe next == word.utf8Start[place] else { throw .unexpected(at: position) }
            position += 1
        }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { position += 1 }
    }
}
