/// Why a value cannot be asked for, and what could be.
package enum FilterValueError: Error, Hashable {
    case empty
    case tooLong
    case notAnAddress
    case notAPort
    case notAProtocol(suggestion: String?)
    case notADirection(suggestion: String?)
    /// A label begins with its key.
    case noKey
}

extension FilterValueError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "it wants a value"
        case .tooLong: "a value is at most \(FlowFilter.valueLimit) bytes long"
        case .notAnAddress: "no address and no block of them; write 10.0.0.7, 10.0.0.0/8 or 2001:db8::/32"
        case .notAPort: "no port; write a number from 0 to 65535"
        case .notAProtocol(let suggestion):
            "no protocol; "
                + Self.advice(suggestion, "write tcp, udp, icmp, dns, tls, http and so on, or a number up to 255")
        case .notADirection(let suggestion):
            "no direction; " + Self.advice(suggestion, "write internal, ingress, egress or external")
        case .noKey: "no label; write KEY or KEY=VALUE"
        }
    }

    private static func advice(_ suggestion: String?, _ otherwise: String) -> String {
        suggestion.map { "did you mean \($0)?" } ?? otherwise
    }
}
