/// Where the records of a report are from, and can be asked for again.
package enum EvidenceSource: Hashable, Sendable {
    /// The agent that answers at `socket`; `isUsual` where commands find it by themselves.
    case agent(socket: String, isUsual: Bool)
    /// An agent's database; `journal` is the line of its journal from which on all that was so at the beginning is told;
    /// `keepsCases` where it has tables of what cases keep.
    case database(path: String, journal: Int64?, keepsCases: Bool = false)
    case captures(Captures)

    package struct Captures: Hashable, Sendable {
        package var files: [String]
        package var identity: String?
        package var policy: String?

        package init(files: [String], identity: String?, policy: String?) {
            self.files = files
            self.identity = identity
            self.policy = policy
        }
    }

    /// For people: `the agent at /run/portolan/portolan.sock`.
    package var words: String {
        switch self {
        case .agent(let socket, _): "the agent at \(socket)"
        case .database(let path, _, _): "the database \(path)"
        case .captures(let captures):
            captures.files.count == 1
                ? "the capture \(captures.files[0])" : "captures \(captures.files.joined(separator: ", "))"
        }
    }
}
