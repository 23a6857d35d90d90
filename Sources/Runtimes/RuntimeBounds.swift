/// How much of what a runtime says is kept. Whoever may start a container may fill all of this.
package enum RuntimeBounds {
    /// Containers of one runtime; further ones are not told.
    package static var containers: Int { 16_384 }
    /// Labels of one container: the first by name, as far as they fit.
    package static var labels: Int { 128 }
    /// Bytes of a label's key and value together; a larger label is left out.
    package static var label: Int { 4096 }
    /// Bytes of all labels of one container.
    package static var allLabels: Int { 16 << 10 }
    /// Bytes of a name, of an image or of anything else that is one word; it is cut.
    package static var word: Int { 512 }
    /// Networks of one container, the first by name.
    package static var networks: Int { 64 }
    /// Ports of the host that lead to one container, the lowest.
    package static var ports: Int { 1024 }
    /// Bytes of a list of all containers; a larger one is no answer.
    package static var list: Int { 64 << 20 }
    /// Bytes of what is told of one container.
    package static var inspection: Int { 4 << 20 }
    /// Bytes of one event, labels and all.
    package static var event: Int { 1 << 20 }
    /// Containers that are asked about at one time.
    package static var questions: Int { 4 }
    /// Bytes of an OCI bundle's config.json.
    package static var bundle: Int { 4 << 20 }
    /// Bytes of a file under /proc.
    package static var processFile: Int { 64 << 10 }
    /// Processes that are looked at on the way from one to the shim that started it.
    package static var ancestors: Int { 32 }
}
