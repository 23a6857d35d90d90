import Records

/// What an agent, or its database, says besides what was asked for: that something failed, or was left out.
enum AgentRemark {
    static func text(_ line: [UInt8], of source: StoredSource? = nil) -> String {
        guard case .object(let fields)? = try? JSONReader.read(line.span) else {
            return "what the agent says cannot be understood; is it of another version?"
        }
        if case .object(let error)? = fields["error"], case .string(let message)? = error["message"] {
            // What a database says has its path already.
            if case .database? = source { return message }
            return "the agent says: \(message)"
        }
        if case .object(let portolan)? = fields["portolan"], case .integer(let count)? = portolan["count"] {
            return "\(count) records were left out, as they were not read fast enough"
        }
        return "the agent says something that is not understood here"
    }

    /// Whether it says that something failed, after which nothing more comes.
    static func isFailure(_ line: [UInt8]) -> Bool { line.starts(with: Array(#"{"error""#.utf8)) }
}
