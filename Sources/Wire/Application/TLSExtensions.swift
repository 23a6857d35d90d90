/// The extensions of a hello, one by one, ending where the block or the capture does (RFC 8446, section 4.2).
struct TLSExtensions: ~Escapable {
    private var cursor: ByteCursor

    /// Reads the block's length first. A hello without one, as before TLS 1.2, has no extensions.
    @_lifetime(copy cursor)
    init(_ cursor: consuming ByteCursor) {
        let length = (try? cursor.integer(UInt16.self)) ?? 0
        self.cursor = ByteCursor(cursor.takeAvailable(Int(length)), layer: .tls)
    }

    /// Hands each whole extension to `body`. One that is cut is left out: half a name would be another name.
    consuming func forEach(_ body: (_ type: UInt16, _ data: RawSpan) -> Void) {
        while let type = try? cursor.integer(UInt16.self), let length = try? cursor.integer(UInt16.self) {
            guard cursor.remaining >= Int(length) else { return }
            body(type, cursor.takeAvailable(Int(length)))
        }
    }

    /// The first host name of a `server_name` extension (RFC 6066, section 3), at most 255 octets of it.
    static func serverName(_ data: RawSpan) -> String? {
        var list = ByteCursor(data, layer: .tls)
        guard (try? list.integer(UInt16.self)) != nil else { return nil }
        while let kind = try? list.integer(UInt8.self), let length = try? list.integer(UInt16.self) {
            guard list.remaining >= Int(length) else { return nil }
            let name = list.takeAvailable(Int(length))
            if kind == 0, length > 0 { return String(hostName: name, limit: 255) }
        }
        return nil
    }

    /// The names of an `application_layer_protocol_negotiation` extension (RFC 7301, section 3.1): at most eight, and
    /// 32 octets of each, twice as long as any that is registered.
    static func applicationProtocols(_ data: RawSpan) -> [String] {
        var list = ByteCursor(data, layer: .tls)
        var names: [String] = []
        guard (try? list.integer(UInt16.self)) != nil else { return names }
        while names.count < 8, let length = try? list.integer(UInt8.self) {
            guard length > 0, list.remaining >= Int(length) else { break }
            names.append(String(printable: list.takeAvailable(Int(length)), limit: 32))
        }
        return names
    }

    /// The newest version in a client's `supported_versions` (RFC 8446, section 4.2.1), GREASE left out.
    static func newestVersion(_ data: RawSpan) -> TLSVersion? {
        var list = ByteCursor(data, layer: .tls)
        var newest: TLSVersion?
        guard (try? list.integer(UInt8.self)) != nil else { return nil }
        while let value = try? list.integer(UInt16.self) {
            let version = TLSVersion(rawValue: value)
            // Drafts of 1.3 (0x7fxx) are above every published number, and only what is published can be compared.
            guard !version.isGrease, value <= TLSVersion.tls13.rawValue else { continue }
            if value > newest?.rawValue ?? 0 { newest = version }
        }
        return newest
    }
}
