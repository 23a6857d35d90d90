/// Who asked for a block, or let go of one.
package enum BlockAuthor: Hashable, Sendable {
    /// A person on this host, by what the socket or the process says of him. credentials(7)
    case person(userIdentifier: UInt32, name: String)
    /// A rule of a detector, by the alert it told.
    case rule(String, alert: String)
    /// Time, or the end of a container.
    case course

    /// Whether a person stands behind it.
    package var isPerson: Bool {
        if case .person = self { true } else { false }
    }
}

extension BlockAuthor: CustomStringConvertible {
    package var description: String {
        switch self {
        case .person(let identifier, let name): name.isEmpty ? "uid \(identifier)" : "\(name) (uid \(identifier))"
        case .rule(let rule, let alert): "rule \(rule), alert \(alert)"
        case .course: "portolan"
        }
    }
}
