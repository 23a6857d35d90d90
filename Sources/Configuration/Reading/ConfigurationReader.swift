/// Reads one file after the other, and collects what is wrong with them.
struct ConfigurationReader {
    private(set) var reading = ConfigurationReading()
    private(set) var rejection = ConfigurationRejection()

    mutating func read(_ source: ConfigurationSource) {
        read(source.path, mayBeAbsent: !source.mustExist)
        do throws(FileFailure) {
            let names = try ConfigurationFile.names(in: source.folder)
            guard names.count <= ConfigurationBounds.files else {
                let message = "more than \(ConfigurationBounds.files) files that end in .yaml"
                rejection.add(ConfigurationProblem(file: source.folder, message))
                return
            }
            for name in names { read("\(source.folder)/\(name)", mayBeAbsent: false) }
        } catch {
            rejection.add(ConfigurationProblem(file: source.folder, error.description))
        }
    }

    private mutating func read(_ path: String, mayBeAbsent: Bool) {
        do throws(FileFailure) {
            take(try ConfigurationFile.bytes(path), of: path)
        } catch {
            if mayBeAbsent, error.isAbsence { return }
            rejection.add(ConfigurationProblem(file: path, error.description))
        }
    }

    /// Takes over what the bytes of a file say.
    mutating func take(_ bytes: [UInt8], of path: String) {
        reading.files.append(path)
        do throws(LocatedMistake) {
            guard let root = try YAMLDocument(try YAMLText.text(bytes)).root else { return }
            var sections = SectionReader(configuration: reading.configuration)
            sections.read(root, path: "")
            reading.configuration = sections.configuration
            for mistake in sections.mistakes { rejection.add(ConfigurationProblem(file: path, mistake)) }
            rejection.omit(sections.omitted)
        } catch {
            rejection.add(ConfigurationProblem(file: path, error))
        }
    }
}
