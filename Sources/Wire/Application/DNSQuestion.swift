/// What a DNS message asks: a name, and which records of it (RFC 1035, section 4.1.2).
public struct DNSQuestion: Hashable, Sendable {
    /// The name as text, escaped as in RFC 1035, section 5.1; at most 1,012 characters.
    public var name: String

    public var type: DNSRecordType

    /// The class, 1 for the Internet. In mDNS the top bit asks for a unicast answer (RFC 6762, section 5.4).
    public var recordClass: UInt16

    public init(name: String, type: DNSRecordType, recordClass: UInt16 = 1) {
        self.name = name
        self.type = type
        self.recordClass = recordClass
    }
}
