import Configuration
import Detection
import Policy

/// The configuration of a running agent: what the files say, and on top what its options say.
struct AgentConfiguration {
    private let options: AgentOptions
    /// What is in force.
    private(set) var current: Configuration
    /// What may be.
    private(set) var policy: DeclaredPolicy
    private let source: ConfigurationSource

    init(_ options: AgentOptions) throws(ConfigurationRejection) {
        self.options = options
        source = options.configuration.source
        current = Configuration()
        policy = DeclaredPolicy()
        (current, policy) = try read()
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
            let (new, newPolicy) = try read()
            let differences = current.differences(to: new)
            current = current.reloading(new)
            let isOtherPolicy = newPolicy != policy
            policy = newPolicy
            return .changed(
                differences.filter { $0.effect == .atOnce }.map(\.key) + (isOtherPolicy ? ["policy"] : []),
                waiting: differences.filter { $0.effect != .atOnce }.map(\.key)
            )
        } catch {
            return .refused(error)
        }
    }

    private func read() throws(ConfigurationRejection) -> (Configuration, DeclaredPolicy) {
        let reading = try Configuration.read(source)
        let policy = try DeclaredPolicy.read(.sections(reading.files), catalog: Detectors.catalog)
        var read = reading.configuration
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
        if read.recording.path == Configuration().recording.path { read.recording.path = StandardFiles.recordings }
        try read.recording.check(of: source)
        return (read, policy)
    }
}
