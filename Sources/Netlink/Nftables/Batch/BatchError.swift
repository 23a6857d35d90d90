import Glibc

extension Nftables {
    /// Why a batch changed nothing.
    package enum BatchError: Error, Hashable, Sendable {
        /// Somebody else changed the rules since the generation it was made for: ask what stands now, and make it anew.
        case superseded
        /// The kernel refused some of its messages; these are the first of them, and how many there are.
        case refused([Refused], count: Int)
        /// It did not get as far: for lack of a capability or of nftables in this kernel, or of memory.
        case failed(NetlinkError)

        /// A message that was refused.
        package struct Refused: Error, Hashable, Sendable {
            /// What it was to do, in words.
            package var operation: String
            /// Its place in the batch.
            package var step: Int
            /// Which of the elements that were given together it is about; nil when it is about none, or the kernel does
            /// not say.
            package var element: Int?
            /// As errno(3). EPERM: the table has another owner. EEXIST, ENOENT: it is there already, or is not there.
            package var code: Int32
            /// The kernel's own words, where it has some.
            package var message: String?
        }

        /// How many refusals are kept.
        static var limit: Int { 32 }

        /// Whether the capability CAP_NET_ADMIN is lacking.
        package var isDenied: Bool {
            if case .failed(let error) = self { error.isDenied } else { false }
        }

        /// Whether somebody else owns our table's name.
        package var isOwnedByAnother: Bool {
            if case .refused(let refused, _) = self { refused.first?.code == EPERM } else { false }
        }
    }
}

extension Nftables.BatchError: CustomStringConvertible {
    /// One line: what was to be done, and what stood in the way.
    package var description: String {
        switch self {
        case .superseded: "cannot change nftables: somebody else changed them meanwhile"
        case .failed(let error): "\(error)"
        case .refused(let refused, let count):
            (refused.first.map { "\($0)" } ?? "cannot change nftables")
                + (count > 1 ? " (and \(count - 1) more refused)" : "")
        }
    }
}

extension Nftables.BatchError.Refused: CustomStringConvertible {
    package var description: String {
        var text = "cannot \(operation)"
        if let element { text += ", element \(element)" }
        text += code == EPERM ? ": another process owns it" : unsafe ": \(String(cString: strerror(code)))"
        if let message { text += ": \(message)" }
        return text
    }
}
