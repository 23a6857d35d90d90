package import Addressing

/// What a workload does, as it was seen.
package struct Profile: Hashable, Sendable {
    /// Somebody it talks to, or who talks to it, at a service.
    package struct Peer: Hashable, Sendable {
        package var exchange: Exchange
        package var seen: Occurrence
        /// Where the other is no workload: addresses it had, in order; at most `BaselineBounds.addressesOfPlace`, the first seen.
        package var addresses: [IPAddress] = []

        package init(_ exchange: Exchange, _ seen: Occurrence, addresses: [IPAddress] = []) {
            self.exchange = exchange
            self.seen = seen
            self.addresses = addresses
        }
    }

    /// A name it looked up, `*.` before it for all below.
    package struct Name: Hashable, Sendable {
        package var name: String
        package var seen: Occurrence

        package init(_ name: String, _ seen: Occurrence) {
            self.name = name
            self.seen = seen
        }
    }

    /// A service it has.
    package struct Listener: Hashable, Sendable {
        package var service: Service
        package var seen: Occurrence

        package init(_ service: Service, _ seen: Occurrence) {
            self.service = service
            self.seen = seen
        }
    }

    package var workload: Workload
    /// Conversations it began or answered.
    package var seen: Occurrence
    /// Addresses its containers had, in order; at most `BaselineBounds.addresses`, the first seen.
    package var addresses: [IPAddress] = []
    /// Whom it calls, in order.
    package var destinations: [Peer] = []
    /// Who calls it and is no workload, in order; of workloads their own profiles tell.
    package var callers: [Peer] = []
    /// In order.
    package var names: [Name] = []
    /// In order.
    package var listeners: [Listener] = []
    /// The most peers that one of its containers had in a minute.
    package var fanOut = 0
    /// The most bytes that one of its containers sent in a minute.
    package var bytesPerMinute = 0
    /// Whether there was more than there was room for, of each kind: what is not there then need not be new.
    package var lacks = Lacks()

    package init(_ workload: Workload, _ seen: Occurrence) {
        self.workload = workload
        self.seen = seen
    }

    /// How often something had no room.
    package struct Lacks: Hashable, Sendable {
        package var destinations = 0
        package var names = 0
        package var listeners = 0

        package init() {}
    }
}
