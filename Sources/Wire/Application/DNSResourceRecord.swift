public import Addressing

/// A record of a DNS answer (RFC 1035, section 4.1.3), with its data where it is an address or another name.
public struct DNSResourceRecord: Hashable, Sendable {
    /// What a record holds, as far as we read it.
    public enum Content: Hashable, Sendable {
        /// Of an A or AAAA record of the Internet class.
        case address(IPAddress)
        /// Of a CNAME record.
        case alias(String)
        /// Of any other record, or of one whose length contradicts its type.
        case other
    }

    /// The owner, escaped as in RFC 1035, section 5.1.
    public var name: String

    public var type: DNSRecordType

    /// How long the answer holds. Numbers above 2³¹−1 mean zero (RFC 2181, section 8) and are given as zero.
    public var timeToLive: Duration

    public var content: Content

    public init(name: String, type: DNSRecordType, timeToLive: Duration, content: Content) {
        self.name = name
        self.type = type
        self.timeToLive = timeToLive
        self.content = content
    }
}
