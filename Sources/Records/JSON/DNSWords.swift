import Wire

/// The words that records have for numbers of DNS, read back.
extension DNSRecordType {
    /// Nil for what is no word of any type.
    init?(word: String) {
        // RFC 3597, section 5.
        if word.hasPrefix("TYPE"), let number = UInt16(word.dropFirst(4)) {
            self.init(rawValue: number)
        } else if let number = Self.numbers[word] {
            self.init(rawValue: number)
        } else {
            return nil
        }
    }

    /// Mnemonics end with CAA.
    private static let numbers = Dictionary(
        uniqueKeysWithValues: (0...257).map { (Self(rawValue: $0).description, $0) }
    )
}

extension DNSResponseCode {
    /// Nil for what is no word of any code.
    init?(word: String) {
        // Four bits of the header.
        guard let code = (0...15).lazy.map({ Self(rawValue: $0) }).first(where: { $0.description == word }) else {
            return nil
        }
        self = code
    }
}
