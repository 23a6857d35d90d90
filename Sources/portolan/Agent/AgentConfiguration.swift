import Configuration

/// The configuration of a running agent: what the files say, and on top what its options say.
struct AgentConfiguration {
    private let options: AgentOptions
    /// What is in force.
    private(set) var current: Configuration
    private let source: ConfigurationSource

    init(_ options: AgentOptions) throws(ConfigurationRejection) {
        self.options = options
        source = options.configuration.source
        current = Configuration()
        current = try read()
    }

    /// What came of reading it anew.
    enum Reload {
        /// Keys that are otherwise, and of those the ones that wait for the next start.
        case changed([String], waiting: [String])
        case refused(ConfigurationRejection)
    }

    /// Reads the files anew. When anything is wrong with them all stays as it was.
    mutating func reload() -> Reload {
        do {
            let new = try read()
            let differences = current.differences(to: new)
            current = current.reloading(new)
            return .changed(
                differences.filter { $0.effect == .atOnce }.map(\.key),
                waiting: differences.filter { $0.effect != .atOnce }.map(\.key)
            )
        } catch {
            return .refused(error)
        }
    }

    private func read() throws(ConfigurationRejection) -> Configuration {
        var read = try Configuration.read(source).configuration
        if let socket = options.socket {
            read.api.socket = socket
        } else if read.api.socket == Configuration().api.socket {
            read.api.socket = StandardFiles.socket
        }
        if let database = options.database {
            read.store.path = database == "none" ? "" : database
        } else if read.store.path == Configuration().store.path {
            read.store.path = StandardFiles.database
        }
        return read
    }
}
