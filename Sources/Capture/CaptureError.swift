import Glibc

/// Why a capture file cannot be read, or not any further. Renders as one line: what, where, and what to do.
///
/// A capture that merely breaks off is no error: see `CaptureEnding`.
package struct CaptureError: Error, Hashable, Sendable {
    /// What stood in the way.
    package enum Reason: Hashable, Sendable {
        case noSuchFile
        case isDirectory
        case permissionDenied

        /// Nothing is in it: 0 bytes.
        case empty

        /// The beginning is that of a capture, but the file ends inside its header.
        case tornHeader(CaptureFormat)

        /// The first bytes belong to no capture format known here.
        case notACapture

        /// Packed by a program whose format is not read here; only gzip is.
        case compressed(String)

        /// gzip by its magic number, but nothing could be unpacked.
        case damagedCompression

        case unsupportedVersion(CaptureFormat, major: UInt16, minor: UInt16)

        /// What the kernel said, as errno(3).
        case system(Int32)
    }

    /// The file as the user named it; "-" is standard input.
    package let path: String

    package let reason: Reason

    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }
}

extension CaptureError: CustomStringConvertible {
    package var description: String {
        "cannot read \(place): \(what)"
    }

    /// The path without what would break the line or move the cursor: a file's name may hold any byte.
    private var place: String {
        if path == "-" { return "standard input" }
        var text = ""
        for scalar in path.unicodeScalars {
            text.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{fffd}" : scalar)
        }
        return text
    }

    private var what: String {
        switch reason {
        case .noSuchFile: "no such file; check the path"
        case .isDirectory: "it is a directory; name the capture files in it"
        case .permissionDenied: "permission denied; run as a user who may read it"
        case .empty: "it is empty (0 bytes); record the capture again"
        case .tornHeader(let format): "it ends inside its \(format) header; copy or record the capture again"
        case .notACapture: "not a capture; pcap and pcapng are read, plain or packed with gzip"
        case .compressed(let program): "it is packed with \(program); unpack it first (only gzip is read directly)"
        case .damagedCompression: "its gzip data are damaged; copy the file again"
        case .unsupportedVersion(let format, let major, let minor):
            "\(format) version \(major).\(minor) is not known; convert it with editcap -F pcapng"
        case .system(let number):
            "\(unsafe String(cString: strerror(number))); \(Self.advice(for: number))"
        }
    }

    private static func advice(for number: Int32) -> String {
        switch number {
        case EMFILE, ENFILE: "raise the limit with ulimit -n, or join the captures with mergecap first"
        case EIO: "check the disk it lies on"
        case ENOMEM: "free some memory and try again"
        default: "check the path and the file"
        }
    }
}
