import Foundation

/// A client of containers on a node of a lab: Docker's, or podman's, which takes the same words.
protocol ContainerEngine: Sendable {
    /// Runs the client with these arguments, which must succeed; returns what it printed.
    @discardableResult
    func client(_ arguments: [String]) throws -> String
}

extension ContainerEngine {
    /// Runs a container in the background: `options` as for `docker run`, then the image's own or another command.
    func run(_ name: String, _ options: String..., command: [String] = []) throws -> DockerContainer {
        try client(["run", "-d", "--name", name] + options + [BoxImage.name] + command)
        return try container(name)
    }

    /// What it says of a container.
    func container(_ name: String) throws -> DockerContainer {
        let said = try client(["inspect", "--type", "container", name])
        guard let container = try JSONDecoder().decode([DockerContainer].self, from: Data(said.utf8)).first else {
            throw LabError("there is no container \(name)")
        }
        return container
    }
}
