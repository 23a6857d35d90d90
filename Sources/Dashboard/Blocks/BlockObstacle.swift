/// Why nothing can be blocked from here.
enum BlockObstacle: Hashable {
    /// The screen is only to look at.
    case readOnly
    case ofCapture, ofDatabase, withoutAgent

    /// What of it lies in where the snapshot comes from; nil where an agent is asked.
    static func ofSource(_ snapshot: Snapshot) -> Self? {
        switch snapshot.origin {
        case .files: .ofCapture
        case .database: .ofDatabase
        case .host: .withoutAgent
        case .agent: nil
        }
    }

    var sentence: String {
        switch self {
        case .readOnly: "This screen only looks (--read-only): nothing is blocked or let go from here."
        case .ofCapture: "Blocks are the agent's: what is in a capture is over, and cannot be stopped."
        case .ofDatabase: "Blocks are the agent's: a database only remembers."
        case .withoutAgent:
            "Blocks are the agent's: this screen captures by itself. portolan run starts an agent, and portolan tui asks it."
        }
    }
}
