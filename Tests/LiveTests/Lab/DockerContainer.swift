/// A container as the daemon describes it. Engine API v1.41, ContainerInspect.
struct DockerContainer: Decodable, Sendable {
    /// 64 hexadecimal digits.
    var identifier: String
    /// With Docker's leading slash.
    var name: String
    /// Its first process, in the PID namespace of the node; 0 when it does not run.
    var process: Int32 { state.process }
    /// Its address on each network it is on, by the network's name.
    var addresses: [String: String] { settings.networks.compactMapValues { $0.address.isEmpty ? nil : $0.address } }
    /// Its only address, or one of several; empty with none.
    var address: String { addresses.sorted { $0.key < $1.key }.first?.value ?? "" }

    private var state: State
    private var settings: Settings

    private enum CodingKeys: String, CodingKey {
        case identifier = "Id"
        case name = "Name"
        case state = "State"
        case settings = "NetworkSettings"
    }

    private struct State: Decodable {
        var process: Int32
        enum CodingKeys: String, CodingKey { case process = "Pid" }
    }

    private struct Settings: Decodable {
        var networks: [String: Network]
        enum CodingKeys: String, CodingKey { case networks = "Networks" }
    }

    private struct Network: Decodable {
        var address: String
        enum CodingKeys: String, CodingKey { case address = "IPAddress" }
    }
}
