import ArgumentParser
import Configuration

/// Where the configuration is.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "The file to read, instead of /etc/portolan/portolan.yaml or, for anybody but root, that in $XDG_CONFIG_HOME.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml"])
    )
    var file: String?

    func validate() throws {
        if file == "" { throw ValidationError("--config wants the name of a file") }
    }

    var source: ConfigurationSource { file.map { .named($0) } ?? .standard(StandardFiles.configuration) }
}

extension ConfigurationRejection {
    /// Says all of it, a line each, without the command's name before it, so that editors find the place; returns the exit status.
    func tell() -> Int32 {
        for line in lines { StandardError.write("\(Printable.text(line))\n") }
        return isUnreadable ? ExitStatus.noInput : ExitStatus.failed
    }
}
