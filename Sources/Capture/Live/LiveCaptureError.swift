/// Why packets cannot be taken from an interface. Renders as one line: what, where, and what to do.
package struct LiveCaptureError: Error, Hashable, Sendable {
    /// What stood in the way.
    package enum Reason: Hashable, Sendable {
        case noSuchInterface

        /// The interface is there and down.
        case notUp

        /// The capability that lacks, such as "CAP_NET_RAW". capabilities(7)
        case notPermitted(capability: String)

        /// The filter does not compile for the interface's link type.
        case filter(CaptureFilterError)

        /// The kernel has not so much memory for the buffer, or it is past what an option may say.
        case bufferSize(Int)

        /// Not between 64 and 262,144.
        case snapshotLength(Int)

        /// What libpcap says, in one line.
        case system(String)
    }

    /// As the user named it.
    package let interface: String

    package let reason: Reason

    package init(interface: String, reason: Reason) {
        self.interface = interface
        self.reason = reason
    }
}

extension LiveCaptureError: CustomStringConvertible {
    package var description: String {
        if case .filter(let error) = reason { return "\(error) (on \(place))" }
        return "cannot capture on \(place): \(what)"
    }

    /// The name without what would break the line or move the cursor.
    private var place: String {
        var text = ""
        for scalar in interface.unicodeScalars {
            text.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{fffd}" : scalar)
        }
        return text
    }

    private var what: String {
        switch reason {
        case .noSuchInterface: "no such interface; ip link lists them"
        case .notUp: "it is down; bring it up with ip link set NAME up"
        case .notPermitted(let capability):
            "not permitted; run as root or give the program \(capability)"
        case .filter(let error): error.reason
        case .bufferSize(let size):
            "no buffer of \(size) bytes; from 512 KiB to 1 GiB are possible as far as memory allows"
        case .snapshotLength(let length):
            "no snapshot length of \(length) bytes; from 64 to 262144 are possible"
        case .system(let text): text
        }
    }
}
