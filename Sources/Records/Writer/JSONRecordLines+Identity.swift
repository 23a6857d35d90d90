import Addressing
import Containers
import Flows

/// Who an end of a flow is.
extension JSONRecordLines {
    mutating func write(_ identity: Identity, _ identities: FlowIdentities) {
        if let container = identity.container { write(container) }
        if identity.kind == .host {
            let host = json.beginObject("host")
            json.pair("name", identities.hostName)
            json.end(host)
        }
        if let process = identity.process { write(process) }
        let object = json.beginObject("identity")
        json.pair("kind", identity.kind.rawValue)
        json.pair("method", identity.method?.rawValue)
        json.pair("confidence", identity.confidence.rawValue)
        if !identity.candidates.isEmpty {
            let candidates = json.beginArray("candidates")
            for candidate in identity.candidates { json.value(candidate.identifier) }
            json.end(candidates)
        }
        if identity.isForged { json.pair("forged", true) }
        json.pair("endpoint", identity.endpoint)
        json.end(object)
    }

    /// `container.*`, as far as it is known.
    mutating func write(_ container: Container) {
        let object = json.beginObject("container")
        writeKeys(of: container)
        json.end(object)
    }

    /// What is said of a container wherever one is named.
    mutating func writeKeys(of container: Container) {
        let description = container.description
        json.pair("id", container.key.identifier)
        json.pair("name", description.name)
        if let name = description.image {
            let image = json.beginObject("image")
            json.pair("name", name)
            json.end(image)
        }
        json.pair("runtime", description.runtime?.rawValue)
        if !description.labels.isEmpty {
            let labels = json.beginObject("labels")
            for key in description.labels.keys.sorted() {
                guard let value = description.labels[key] else { continue }
                json.key(escaping: key)
                json.value(value)
            }
            json.end(labels)
        }
        json.pair("pod", description.pod)
        json.pair("namespace", description.podNamespace)
        json.pair("creator", description.creator)
        json.pair("owner", description.owner)
        json.pair("role", description.role)
        json.pair("generation", container.key.generation)
        json.pair("netns", container.namespace?.inode)
        json.pair("cgroup", container.cgroup)
    }

    mutating func write(_ process: SocketProcess) {
        let object = json.beginObject("process")
        json.pair("pid", UInt32(bitPattern: process.identifier))
        json.pair("name", process.name)
        json.pair("executable", process.executable)
        json.end(object)
    }
}
