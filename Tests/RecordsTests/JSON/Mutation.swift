/// What becomes of text under way: bytes changed, cut out or doubled, and things put in that trick a reader.
enum Mutation {
    private static let tricks = [
        "null", "[", "]", "{", "}", "\"", ",", "-1", "1e999", "0.5", "18446744073709551616", "true", "\\ud800",
        "\"id\":1,", "[[[[[[[[[[[[[[[[[[[[", "{\"a\":", "\n", "\u{0}",
        "99999999999999999999999999999999999999999999999999999999999999",
    ]

    static func of(_ text: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        var bytes = text
        for _ in 0...(numbers.next() % 4) where !bytes.isEmpty {
            let place = Int(numbers.next() % UInt64(bytes.count))
            let end = min(bytes.count, place + Int(numbers.next() % 24))
            switch numbers.next() % 6 {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: numbers.next())
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.removeSubrange(place...)
            case 4:
                // A digit more, which keeps it JSON.
                if let digit = bytes[place...].firstIndex(where: { 0x30...0x39 ~= $0 }) {
                    bytes.insert(0x39, at: digit)
                }
            default:
                let trick = tricks[Int(numbers.next() % UInt64(tricks.count))]
                bytes.insert(contentsOf: trick.utf8, at: place)
            }
        }
        return bytes
    }
}
