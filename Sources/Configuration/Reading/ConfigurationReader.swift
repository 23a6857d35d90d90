import Declarations

/// Reads one file after the other, and collects what is wrong with them.
struct ConfigurationReader {
    private(set) var reading = ConfigurationReading()
    private(set) var rejection = ConfigurationRejection()

    mutating func read(_ source: ConfigurationSource) {
        read(source.path, mayBeAbsent: !source.mustExist)
        do throws(FileFailure) {
            let names = try TextFile.names(in: source.folder, limit: ConfigurationBounds.names)
            guard names.count <= ConfigurationBounds.files else {
                let message = "more than \(ConfigurationBounds.files) files that end in .yaml"
                rejection.add(FileProblem(file: source.folder, message))
                return
            }
            for name in names { read("\(source.folder)/\(name)", mayBeAbsent: false) }
        } catch {
            rejection.add(FileProblem(file: source.folder, error.description))
        }
    }

    private mutating func read(_ path: String, mayBeAbsent: Bool) {
        do throws(FileFailure) {
            take(try TextFile.bytes(path), of: path)
        } catch {
            if mayBeAbsent, error.isAbsence { return }
            rejection.add(FileProblem(file: path, error.description))
        }
    }

    /// Takes over what the bytes of a file say.
    mutating func take(_ bytes: [UInt8], of path: String) {
        reading.files.append(path)
        do throws(LocatedMistake) {
            guard let root = try YAMLDocument(bytes).root else { return }
            var sections = SectionReader(configuration: reading.configuration)
            sections.read(root, path: "")
            reading.configuration = sections.configuration
            rejection.add(sections.mistakes, of: path)
        } catch {
            rejection.add(FileProblem(file: path, error))
        }
    }
}
