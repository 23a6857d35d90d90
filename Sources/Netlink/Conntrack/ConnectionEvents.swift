import CMnl

/// What becomes of the connections that conntrack follows in one namespace, as the kernel tells it.
///
/// Only connections that began after this was made are told of for sure: the kernel marks for events as they are made. Where
/// nothing asks for tracking (no NAT, no stateful rule) there are none. linux/netfilter/nfnetlink_conntrack.h.
package struct ConnectionEvents: ~Copyable, Sendable {
    /// Which events to hear of. Updates come with every answer and change of state: most readers of translations need none.
    package struct Selection: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let new = Self(rawValue: 1)
        package static let updated = Self(rawValue: 2)
        package static let ended = Self(rawValue: 4)
    }

    private var stream: EventStream

    /// For poll(2): readable when something waits.
    package var descriptor: Int32 { stream.descriptor }

    /// How often events were lost.
    package var losses: UInt64 { stream.losses }

    /// Begins to listen in the namespace of the calling thread. `bufferSize` is how many bytes the kernel keeps unread.
    ///
    /// Throws `.absent` when this kernel has no connection tracking; an error that `isDenied` without CAP_NET_ADMIN.
    package init(
        _ selection: Selection = [.new, .ended],
        bufferSize: Int32 = 4 << 20
    ) throws(NetlinkError) {
        var probe = try NetlinkSocket(.netfilter)
        try probe.requireConnectionTracking()
        var groups: [nfnetlink_groups] = []
        if selection.contains(.new) { groups.append(NFNLGRP_CONNTRACK_NEW) }
        if selection.contains(.updated) { groups.append(NFNLGRP_CONNTRACK_UPDATE) }
        if selection.contains(.ended) { groups.append(NFNLGRP_CONNTRACK_DESTROY) }
        stream = try EventStream(
            .netfilter,
            groups: groups.map(\.rawValue),
            listensToAllNamespaces: false,
            bytes: bufferSize,
            operation: "hear of connections"
        )
    }

    /// Hands over all that waits, and does not wait for more. True when so much waits that it is left for another call.
    package mutating func receive(_ body: (ConnectionEvent) -> Void) throws(NetlinkError) -> Bool {
        try stream.receive { (_, message) throws(NetlinkError) in
            if let event = try ConnectionEvent(message) { body(event) }
        } lost: {
            body(.lost)
        }
    }
}
