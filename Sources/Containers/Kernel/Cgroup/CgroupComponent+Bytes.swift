extension ArraySlice<UInt8> {
    /// 64 lowercase hexadecimal digits: what every common runtime calls a container.
    var isContainerIdentifier: Bool { count == 64 && allSatisfy(\.isLowercaseHexadecimal) }

    /// A UUID, or the 32 digits that a kubelet gives a static pod.
    var looksLikePodIdentifier: Bool {
        switch count {
        case 32: allSatisfy(\.isLowercaseHexadecimal)
        case 36: allSatisfy { $0.isLowercaseHexadecimal || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        default: false
        }
    }

    func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }

    /// Where `text` begins for the first time.
    func firstStart(of text: String) -> Int? {
        guard text.utf8.count <= count, let first = text.utf8.first else { return nil }
        var start = startIndex
        while start <= endIndex - text.utf8.count {
            if self[start] == first, self[start...].starts(with: text.utf8) { return start }
            start += 1
        }
        return nil
    }

    /// Where `text` begins for the last time.
    func lastStart(of text: String) -> Int? {
        let text = Array(text.utf8)
        guard text.count <= count else { return nil }
        var start = endIndex - text.count
        while start >= startIndex {
            if self[start..<(start + text.count)].elementsEqual(text) { return start }
            start -= 1
        }
        return nil
    }
}

extension UInt8 {
    var isLowercaseHexadecimal: Bool {
        self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") || self >= UInt8(ascii: "a") && self <= UInt8(ascii: "f")
    }

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// What identifiers are made of: letters, digits, `.`, `-` and `_`.
    var isNameByte: Bool {
        isDigit || self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z")
            || self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z")
            || self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
    }
}
