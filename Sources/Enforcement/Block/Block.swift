package import Addressing
import Policy

/// Something that is not to happen any more, for a time, and why.
package struct Block: Hashable, Sendable {
    package let identifier: BlockIdentifier
    package var order: BlockOrder
    /// From when it holds.
    package let from: Timestamp
    /// The first moment at which it holds no more; nil: until somebody lets go.
    package var until: Timestamp?

    package init(identifier: BlockIdentifier, order: BlockOrder, from: Timestamp, until: Timestamp?) {
        self.identifier = identifier
        self.order = order
        self.from = from
        self.until = until
    }
}

/// What somebody asks for, before it has a number.
package struct BlockOrder: Hashable, Sendable {
    package var subject: BlockSubject
    package var target: BlockTarget
    package var options: BlockOptions
    /// For whoever reads it next year; what is longer than `reasonLimit` characters is cut.
    package let reason: String
    package var author: BlockAuthor

    package init(
        _ subject: BlockSubject,
        _ target: BlockTarget,
        options: BlockOptions = [],
        reason: String,
        author: BlockAuthor
    ) {
        self.subject = subject
        self.target = target
        self.options = options
        self.reason = String(reason.prefix(Self.reasonLimit))
        self.author = author
    }

    /// Characters of a reason at most.
    package static var reasonLimit: Int { 512 }
    /// Blocks of addresses that one quarantine leaves open at most.
    package static var allowLimit: Int { 64 }
}

extension BlockOrder {
    /// Whether it cuts somebody off.
    package var isQuarantine: Bool {
        if case .everything = target { true } else { false }
    }

    /// What is wrong with it in itself; nil when nothing is.
    package var flaw: BlockFlaw? {
        if case .address = subject, options.contains(.newOnly) { return .newOfAnAddress }
        switch target {
        case .everything(let allowed):
            if options.contains(.newOnly) { return .quarantineOfTheNew }
            if case .address = subject { return nil }
            return allowed.count > Self.allowLimit ? .tooManyAllowed : nil
        case .traffic(let remote, let traffic):
            if let number = traffic.protocolNumber, !Self.hasPorts(number), !traffic.ports.isEmpty {
                return .portsOfNothing
            }
            if traffic.protocolNumber == nil, !traffic.ports.isEmpty { return .portsWithoutProtocol }
            if traffic.ports.count > Traffic.portLimit { return .tooManyPorts }
            if case .domain(let answer) = remote, answer.addresses.isEmpty { return .nameWithoutAddress }
            if case .address = subject { return remote == .anyone ? nil : .twoAddresses }
            return remote.prefixes == nil && traffic.protocolNumber == nil ? .everythingUnsaid : nil
        }
    }

    /// Whether a protocol has ports where TCP has them: TCP, UDP, DCCP, SCTP and UDP-Lite.
    static func hasPorts(_ number: UInt8) -> Bool { [6, 17, 33, 132, 136].contains(number) }
}

/// Why an order makes no sense, whoever asks for it.
package enum BlockFlaw: Hashable, Sendable {
    case quarantineOfTheNew, tooManyAllowed, portsOfNothing, portsWithoutProtocol, tooManyPorts
    case nameWithoutAddress, twoAddresses
    case everythingUnsaid, newOfAnAddress
}

extension BlockFlaw: CustomStringConvertible {
    /// One sentence, without a full stop.
    package var description: String {
        switch self {
        case .quarantineOfTheNew:
            "a quarantine stops what is established, too, and so cannot be for new connections only"
        case .tooManyAllowed: "a quarantine leaves at most \(BlockOrder.allowLimit) blocks of addresses open"
        case .portsOfNothing: "ports are named with a protocol that has none"
        case .portsWithoutProtocol: "ports are named without a protocol, such as tcp"
        case .tooManyPorts: "it names more than \(Traffic.portLimit) ranges of ports"
        case .nameWithoutAddress: "no address is known of the name"
        case .twoAddresses: "an address is blocked whoever talks with it; name a container to block what it sends there"
        case .newOfAnAddress:
            "an address alone is blocked with all that is established; of a container what begins can be blocked"
        case .everythingUnsaid: "it names neither address nor protocol; to cut a container off, ask for quarantine"
        }
    }
}
