/// Why an expression is no capture filter. Renders as one line.
package struct CaptureFilterError: Error, Hashable, Sendable {
    /// As the user wrote it.
    package let expression: String

    /// What libpcap says of it.
    package let reason: String

    package init(expression: String, reason: String) {
        self.expression = expression
        self.reason = reason
    }
}

extension CaptureFilterError: CustomStringConvertible {
    package var description: String {
        "cannot use the filter \"\(expression)\": \(reason); pcap-filter(7) describes the language"
    }
}
