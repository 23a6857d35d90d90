import ArgumentParser
import Capture
import Monitor
import Pipeline
import Runtimes
import Wire

/// The options of every command that captures on this host.
struct LiveOptionsGroup: ParsableArguments {
    @Option(
        name: [.customShort("i"), .customLong("interface")],
        parsing: .singleValue,
        help: ArgumentHelp("An interface to capture on; without, all of them. Repeatable.", valueName: "interface")
    )
    var interfaces: [String] = []

    @Option(
        name: .customLong("vxlan-port"),
        parsing: .singleValue,
        help: ArgumentHelp("A UDP port that carries VXLAN, besides 4789 and 8472. Repeatable.", valueName: "port"),
        transform: UDPPort.parse
    )
    var vxlanPorts: [UInt16] = []

    @Option(
        name: [.customShort("s"), .customLong("snapshot-length")],
        help: ArgumentHelp("The most bytes taken of a packet.", valueName: "bytes")
    )
    var snapshotLength: Int?

    @Option(
        name: .customLong("buffer-size"),
        help: ArgumentHelp("KiB of packets the kernel may hold before it loses some.", valueName: "KiB")
    )
    var bufferSize: Int?

    @Option(
        name: .customLong("journal"),
        help: ArgumentHelp(
            "Write down who was who in this file, for replay --identity. It is made anew.",
            valueName: "file"
        ),
        completion: .file()
    )
    var journal: String?

    @OptionGroup var labels: LabelOptionsGroup

    @Option(help: ArgumentHelp("End after so many seconds.", valueName: "seconds"))
    var duration: Double?

    func validate() throws {
        if interfaces.contains("") { throw ValidationError("-i wants the name of an interface") }
        if journal == "" { throw ValidationError("--journal wants the name of a file") }
        if let duration, !(duration > 0 && duration < 1e9) {
            throw ValidationError("--duration wants seconds, more than 0")
        }
        if let bufferSize, !(512...1 << 20 ~= bufferSize) {
            throw ValidationError("--buffer-size is between 512 and 1048576 KiB")
        }
    }

    /// Whether none was given.
    var isPlain: Bool {
        interfaces.isEmpty && vxlanPorts.isEmpty && snapshotLength == nil && bufferSize == nil && journal == nil
            && labels.owner.isEmpty && labels.role.isEmpty && duration == nil
    }

    /// What they mean for a session.
    var settings: LiveSettings {
        var settings = LiveSettings()
        settings.interfaces = interfaces
        settings.renouncesCapabilities = true
        if let length = snapshotLength { settings.capture.snapshotLength = length }
        if let size = bufferSize { settings.capture.bufferSize = size << 10 }
        settings.runtimes = RuntimeSocket.candidates(environment: RuntimeEnvironment.values)
        settings.labels = labels.keys
        settings.pipeline.tunnelPorts = TunnelPorts(vxlan: vxlanPorts, geneve: [])
        return settings
    }
}
