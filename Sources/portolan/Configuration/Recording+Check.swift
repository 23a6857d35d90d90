import Capture
import Configuration
import Declarations

extension Configuration.Recording {
    /// Bytes of a file of the ring, which has four at least.
    var ringFileSize: Int { min(fileSize, size / 4) }

    /// Throws when the filter on what is written cannot be compiled, which only libpcap can say, or nothing could ever be kept.
    func check(of source: ConfigurationSource) throws(ConfigurationRejection) {
        if mode != .off, kept / 2 < ringFileSize {
            throw ConfigurationRejection(
                "recording.kept: has no room for two files of recording.file_size, so that next to nothing would be kept: "
                    + "make it \(2 * ringFileSize) bytes at least, or the files smaller",
                of: source
            )
        }
        if filter.isEmpty { return }
        do throws(CaptureFilterError) {
            _ = try CaptureFilter(filter)
        } catch {
            throw ConfigurationRejection("recording.filter: \(error)", of: source)
        }
    }
}

extension ConfigurationRejection {
    fileprivate init(_ message: String, of source: ConfigurationSource) {
        self.init()
        add(FileProblem(file: source.path, message), isRead: true)
    }
}
