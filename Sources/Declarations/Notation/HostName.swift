/// Names of hosts. RFC 1123, section 2.1
package enum HostName {
    /// Whether a text is one: labels of letters, digits and hyphens between dots, and not all of it digits and dots, which would
    /// be an address gone wrong.
    package static func isValid(_ text: some StringProtocol) -> Bool {
        guard 1...253 ~= text.utf8.count else { return false }
        let labels = Array(text.utf8).split(separator: 0x2e, omittingEmptySubsequences: false)
        guard labels.allSatisfy({ isLabel($0) }) else { return false }
        return !(labels.last?.allSatisfy { 0x30...0x39 ~= $0 } ?? true)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        guard 1...63 ~= label.count, label.first != 0x2d, label.last != 0x2d else { return false }
        return label.allSatisfy { isLetterOrDigit($0) || $0 == 0x2d }
    }

    package static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x41...0x5a ~= byte || 0x61...0x7a ~= byte
    }
}
