import Addressing
package import Wire

/// What a flow speaks: an IP protocol by IANA's keyword or its number, or what was recognised in its bytes.
package struct ProtocolCriterion: FilterCriterion {
    /// In lower case.
    package let description: String
    package let number: UInt8?
    /// Some words mean both: `rdp`.
    package let application: ApplicationProtocol?

    package static var word: String { "protocol" }
    package static var hasEnds: Bool { false }

    package init(value: String) throws(FilterValueError) {
        let word = value.lowercased()
        if word.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
            guard let number = UInt8(word) else { throw .notAProtocol(suggestion: nil) }
            self.number = number
            application = nil
            description = "\(number)"
            return
        }
        let keyword = Self.aliases[word] ?? word
        number = TransportKeyword.number(of: keyword)
        application = Self.applications.first { $0.description == keyword }
        description = keyword
        guard number != nil || application != nil else {
            throw .notAProtocol(suggestion: Spelling.closest(to: word, among: Self.words))
        }
    }

    package var needsJournal: Bool { false }

    package func holds(of flow: FilteredFlow, at side: FilterSide) -> Bool {
        flow.protocolNumber == number || flow.application == application
    }

    /// As others write what IANA calls `ipv6-icmp`.
    private static let aliases = ["icmpv6": "ipv6-icmp", "icmp6": "ipv6-icmp"]

    private static let applications = ApplicationProtocol.allCases.filter { $0 != .unknown }

    /// What is most likely meant comes first.
    private static let words =
        ["tcp", "udp", "icmp"] + applications.map(\.description) + aliases.keys.sorted() + TransportKeyword.all
}
