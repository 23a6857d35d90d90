import Netlink

/// What blocks need and is not there.
enum BlockLack: Hashable {
    /// CAP_NET_ADMIN.
    case right
    /// A kernel with nftables.
    case nftables

    /// Nil for an error that is about something else.
    init?(_ error: any Error) {
        switch error {
        case let error as NetlinkError where error.isDenied: self = .right
        case NetlinkError.absent: self = .nftables
        case let error as Nftables.BatchError:
            guard case .failed(let error) = error, let lack = Self(error) else { return nil }
            self = lack
        default: return nil
        }
    }
}

extension BlockLack: CustomStringConvertible {
    /// Without a full stop.
    var description: String {
        switch self {
        case .right: "nftables cannot be changed without CAP_NET_ADMIN"
        case .nftables: "this kernel has no nftables"
        }
    }
}
