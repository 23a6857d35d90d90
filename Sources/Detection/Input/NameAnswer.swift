package import Addressing
package import Flows
package import Wire

/// A DNS answer that passed: what was asked, by whom, of whom, and what became of it.
package struct NameAnswer: Sendable {
    package var time: Timestamp
    /// Who asked.
    package var client: Party
    package var server: IPAddress
    package var isTCP: Bool
    /// In lower case, without the last dot. From outside.
    package var name: String
    package var type: DNSRecordType
    package var code: DNSResponseCode
    /// Octets of the whole answer.
    package var length: Int
    /// Records in its answer section, as it claims.
    package var answers: Int
    /// The flow that it is part of, where that is known.
    package var flow: FlowIdentifier?

    package init(
        _ name: String,
        type: DNSRecordType,
        code: DNSResponseCode,
        length: Int,
        answers: Int,
        for client: Party,
        from server: IPAddress,
        isTCP: Bool = false,
        at time: Timestamp
    ) {
        self.time = time
        self.client = client
        self.server = server
        self.isTCP = isTCP
        self.name = name
        self.type = type
        self.code = code
        self.length = length
        self.answers = answers
    }
}
