import Capture
import Configuration
import Declarations

extension Configuration.Recording {
    /// Throws when the filter on what is written cannot be compiled, which only libpcap can say.
    func checkFilter(of source: ConfigurationSource) throws(ConfigurationRejection) {
        if filter.isEmpty { return }
        do throws(CaptureFilterError) {
            _ = try CaptureFilter(filter)
        } catch {
            throw ConfigurationRejection(error, of: source)
        }
    }
}

extension ConfigurationRejection {
    fileprivate init(_ error: CaptureFilterError, of source: ConfigurationSource) {
        self.init()
        add(FileProblem(file: source.path, "recording.filter: \(error)"), isRead: true)
    }
}
