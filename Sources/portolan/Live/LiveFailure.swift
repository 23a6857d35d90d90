import Capture
import Netlink

/// What a failure to watch or capture means for the exit status.
enum LiveFailure {
    static func status(of error: any Error) -> Int32 {
        switch error {
        case let error as LiveCaptureError:
            switch error.reason {
            case .notPermitted: ExitStatus.denied
            case .noSuchInterface, .notUp: ExitStatus.noInput
            case .filter, .snapshotLength, .bufferSize: ExitStatus.usage
            case .system: ExitStatus.failed
            }
        case let error as NetlinkError: error.isDenied ? ExitStatus.denied : ExitStatus.failed
        default: ExitStatus.failed
        }
    }
}
