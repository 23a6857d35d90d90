package import Addressing
package import Flows

/// Something that is wrong, with its evidence.
package struct Alert: Sendable {
    package var rule: Rule
    /// 0 to 100; below 40 low, below 70 medium, below 90 high, else critical.
    package var severity: Int
    /// When it was found: packet time.
    package var time: Timestamp
    /// Who does it.
    package var source: Party
    /// Whether many do it, with addresses of their own or forged ones; `source` is one of them then.
    package var isOfMany = false
    /// To whom, where it is one.
    package var destination: Party?
    /// When it was seen first and last.
    package var first: Timestamp
    package var last: Timestamp
    /// How often: of a scan, contacts that came to nothing.
    package var count: Int
    /// Flows that show it, the newest; at most `evidenceLimit`.
    package var evidence: [FlowIdentifier]
    /// The share of packets lost while it was seen, from 0 to 1; nil when that is not known.
    package var loss: Double?
    /// One sentence. Names in it come from outside.
    package var message: String

    /// The most flows that are named.
    package static var evidenceLimit: Int { 16 }
}
