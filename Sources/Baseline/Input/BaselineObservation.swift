package import Addressing

/// What becomes of a conversation: of a live flow, a stored one, or one of a capture.
package struct BaselineObservation: Sendable {
    /// When it is told; never before the one told before it.
    package var time: Timestamp
    /// When the conversation began.
    package var first: Timestamp
    /// Who began it.
    package var source: BaselineEnd
    package var destination: BaselineEnd
    package var protocolNumber: UInt8
    /// The destination's; 0 for protocols without ports.
    package var port: UInt16
    /// Whether the destination answered, and not with a refusal. Only such conversations teach.
    package var isAnswered: Bool
    /// Whether its beginning was seen, so that it is sure who of the two is the server.
    package var isWhole = true
    /// Whether it is told for the last time: a conversation counts once, then.
    package var isOver = true
    /// Sent by both ends.
    package var bytes: UInt64 = 0
    /// What names it: handed through to what is found.
    package var evidence: UInt64?

    package init(
        from source: BaselineEnd,
        to destination: BaselineEnd,
        protocolNumber: UInt8,
        port: UInt16,
        isAnswered: Bool,
        began first: Timestamp,
        at time: Timestamp
    ) {
        self.source = source
        self.destination = destination
        self.protocolNumber = protocolNumber
        self.port = port
        self.isAnswered = isAnswered
        self.first = first
        self.time = time
    }

    var service: Service { Service(protocolNumber: protocolNumber, port: port) }

    /// What it carried in a minute, as if evenly.
    var bytesPerMinute: Int {
        let (nanoseconds, isTooLong) = time.nanoseconds.subtractingReportingOverflow(first.nanoseconds)
        let minutes = isTooLong ? 1 : UInt64(max(0, nanoseconds)) / 60_000_000_000 + 1
        return Int(clamping: bytes / minutes)
    }
}

/// A name that somebody looked up, and that is there.
package struct BaselineLookup: Sendable {
    package var time: Timestamp
    package var client: BaselineEnd
    /// From outside; letters of either case are the same.
    package var name: String
    /// Whether there may have been others that nobody can tell any more.
    package var isOneOfSeveral = false

    package init(_ name: String, by client: BaselineEnd, at time: Timestamp) {
        self.name = name
        self.client = client
        self.time = time
    }

    /// As it is remembered; nil where it is of no interest: addresses that are looked up back, and what is no name.
    var canonicalName: String? {
        NameGroups.canonical(name).flatMap { $0.hasSuffix(".arpa") ? nil : $0 }
    }
}

/// A socket on which a container waits for others to begin.
package struct BaselineListener: Sendable {
    package var time: Timestamp
    package var end: BaselineEnd
    package var protocolNumber: UInt8
    package var port: UInt16

    package init(_ end: BaselineEnd, protocolNumber: UInt8, port: UInt16, at time: Timestamp) {
        self.end = end
        self.protocolNumber = protocolNumber
        self.port = port
        self.time = time
    }

    /// The service it has; nil for what is the socket of a client.
    var service: Service? {
        let service = Service(protocolNumber: protocolNumber, port: port)
        return service.isOfServer ? service : nil
    }
}
