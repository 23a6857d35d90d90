import Addressing
import Declarations

/// Where somebody may go.
enum EgressPlace: Sendable {
    case block(IPPrefix)
    case domain(String)
}

extension Notation {
    /// A port, or the first and the last of several: `443`, `8000-8100`.
    static var ports: Notation<ClosedRange<UInt16>> {
        let wanted = "a port or a range such as 8000-8100"
        return Notation<ClosedRange<UInt16>>(
            wanted,
            written: { .text($0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)") },
            parse: { text throws(Mistake) in
                let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end in
                    WholeNumber.parse(end).flatMap { UInt16(exactly: $0) }.flatMap { $0 > 0 ? $0 : nil }
                }
                guard 1...2 ~= ends.count, let first = ends[0], let last = ends[ends.count - 1] else {
                    throw Mistake("wants \(wanted), 1 to 65535, not \(Quoted.text(text))")
                }
                guard first <= last else {
                    throw Mistake("begins behind its end in \(Quoted.text(text))", suggestion: "\(last)-\(first)")
                }
                return first...last
            }
        )
    }

    /// A block of addresses, or a domain. `*.` before it is left out, as all below one are meant.
    static var destination: Notation<EgressPlace> {
        let wanted = "a block of addresses or a domain"
        return Notation<EgressPlace>(
            wanted,
            written: { place in
                switch place {
                case .block(let block): .text(block.description)
                case .domain(let domain): .text(domain)
                }
            },
            parse: { text throws(Mistake) in
                if IPAddress(String(text.prefix { $0 != "/" })) != nil {
                    return .block(try Notation<IPPrefix>.block.parse(text))
                }
                let name = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
                guard HostName.isValid(name) else {
                    throw Mistake("wants \(wanted), not \(Quoted.text(text))", suggestion: Self.host(in: text))
                }
                return .domain(name.lowercased())
            }
        )
    }

    /// The host of what looks like a URL.
    private static func host(in text: String) -> String? {
        guard let found = text.firstMatch(of: /^[a-z]+:\/\/([A-Za-z0-9.\-]+)/) else { return nil }
        let host = String(found.1)
        return HostName.isValid(host) ? host : nil
    }

    /// The absolute path of a file.
    static var filePath: Notation<String> { filePath("the absolute path of a file", mayBeEmpty: false) }

    /// The same, or nothing.
    static var filePathOrNone: Notation<String> { filePath("the absolute path of a file, or \"\"", mayBeEmpty: true) }

    private static func filePath(_ wanted: String, mayBeEmpty: Bool) -> Notation<String> {
        Notation<String>(wanted, written: { .text($0) }) { text throws(Mistake) in
            if mayBeEmpty, text.isEmpty { return text }
            guard text.hasPrefix("/"), !text.hasSuffix("/"), !text.utf8.contains(0) else {
                let meant = text.hasPrefix("file:///") ? String(text.dropFirst(7)) : nil
                throw Mistake("wants \(wanted), not \(Quoted.text(text))", suggestion: meant)
            }
            return text
        }
    }
}
