import Graph

/// What rows and edges are called in a file: the same in every run, unique, and of letters, digits, `_` and `.` alone, so that no
/// grammar makes anything else of it.
enum Identifier {
    /// `service_1_shop_2fcart`: rung, rank of the level or `x`, and the name with its other bytes in hexadecimal.
    static func of(_ row: RowKey) -> String {
        var text = "\(row.rung.word)_\(row.level.map(String.init) ?? "x")_"
        for byte in row.name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16)
                text += digits.utf8.count == 1 ? "_0" + digits : "_" + digits
            }
        }
        return text
    }

    static func of(_ edge: FoldedEdgeKey) -> String {
        "\(of(edge.source)).\(of(edge.destination)).\(edge.protocolNumber).\(edge.port.map { "\($0)" } ?? "x")"
    }

    static func of(_ hub: (row: RowKey, protocolNumber: UInt8?, port: UInt16?)) -> String {
        "hub.\(of(hub.row)).\(hub.protocolNumber.map { "\($0)" } ?? "x").\(hub.port.map { "\($0)" } ?? "x")"
    }
}
