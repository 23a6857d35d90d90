import Addressing
import Declarations

extension Notation {
    /// Where to listen: a name, an IPv4 address or an IPv6 one in brackets, a colon and a port; empty for nowhere.
    static var listenAddress: Notation<ListenAddress?> {
        Notation<ListenAddress?>(
            "an address and a port such as 127.0.0.1:9477",
            written: { .text($0?.description ?? "") },
            parse: { text throws(Mistake) in text.isEmpty ? nil : try ListenAddress(parsing: text) }
        )
    }
}

extension ListenAddress {
    fileprivate init(parsing text: String) throws(Mistake) {
        guard let colon = text.lastIndex(of: ":") else {
            throw Mistake("wants a port as well, such as 127.0.0.1:9477, not \(Quoted.text(text))")
        }
        let digits = text[text.index(after: colon)...]
        guard let number = WholeNumber.parse(digits), let port = UInt16(exactly: number), port > 0 else {
            throw Mistake("wants a port from 1 to 65535, not \(Quoted.text(digits)) in \(Quoted.text(text))")
        }
        self.init(host: try Self.host(text[..<colon], in: text, port: port), port: port)
    }

    private static func host(_ host: Substring, in text: String, port: UInt16) throws(Mistake) -> Host {
        if host.isEmpty {
            throw Mistake("wants an address before the port", suggestion: "0.0.0.0:\(port)")
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            if let address = IPv6Address(String(host.dropFirst().dropLast())) { return .address(.v6(address)) }
        } else if let address = IPAddress(String(host)) {
            guard !address.isIPv6 else {
                throw Mistake("wants an IPv6 address in brackets", suggestion: "[\(address)]:\(port)")
            }
            return .address(address)
        } else if HostName.isValid(host) {
            return .name(String(host))
        }
        throw Mistake("has no address and no name of a host before the port in \(Quoted.text(text))")
    }
}
