import Addressing
import Containers
import Flows
import Records

/// Connections that processes of this host took lately, and those they began: which of them are halves of one conversation.
///
/// A process that takes a connection and begins one within `window`, while no other that it took in that time could be what the
/// new one is for, passes it on: docker-proxy, or any other. Where there are several, none is chosen.
struct RelayTable {
    private var served = RelayHalves()
    private var begun = RelayHalves()
    /// Whether there may be more to find than when it was looked last.
    private(set) var isStale = false

    /// Nanoseconds from the first packet of the one to that of the other.
    static var window: Int64 { 1_000_000_000 }
    /// How long a connection is remembered, in nanoseconds: the window, and what the kernel's answer may take.
    private static var memory: Int64 { 4_000_000_000 }
    /// How many connections of one process are looked at for each that it began.
    private static var reach: Int { 64 }
    /// How many sockets are asked for whose process is known by who listens alone.
    private static var doubts: Int { 8 }

    /// A flow whose responder is a process here.
    mutating func took(_ half: RelayHalf) {
        served.append(half)
    }

    /// A flow whose initiator is one.
    mutating func began(_ half: RelayHalf) {
        begun.append(half)
        if half.process != nil { isStale = true }
    }

    /// The process that has a socket is known now.
    mutating func learn(_ socket: ConnectionSocket) {
        guard let process = socket.process?.identifier else { return }
        if begun.know(process, of: socket.key) { isStale = true }
        if served.know(process, of: socket.key) { isStale = true }
    }

    /// Pairs that have become evident. `current` gives a flow as it stands; nil when it is over. `ask` is called with what the
    /// kernel should be asked, as another process may have a connection than the one that listened for it.
    mutating func match(
        at time: Timestamp,
        current: (Flow) -> Flow?,
        ask: (RelayHalf) -> Void
    ) -> [(took: RelayHalf, began: RelayHalf)] {
        guard isStale else { return [] }
        isStale = false
        served.forget(before: time.nanoseconds &- Self.memory)
        begun.forget(before: time.nanoseconds &- Self.memory)
        var pairs: [(took: RelayHalf, began: RelayHalf)] = []
        // With each pair a candidate less is left to the others.
        var isMore = true
        while isMore {
            isMore = false
            for place in begun.unlinked {
                guard let half = begun[place], let process = half.process else { continue }
                guard let partner = partner(of: half, process, current), let other = served[partner] else { continue }
                begun.link(place)
                served.link(partner)
                pairs.append((other, half))
                isMore = true
            }
        }
        doubt(ask)
        return pairs
    }

    /// The only one that it can be for.
    private func partner(of half: RelayHalf, _ process: Int32, _ current: (Flow) -> Flow?) -> Int? {
        let time = half.flow.first.nanoseconds
        // What has been forgotten for want of room might have been another.
        if let lost = served.lost, lost >= time &- Self.window { return nil }
        var found: Int?
        var looks = 0
        for place in served.places(of: process).reversed() {
            guard let other = served[place] else { continue }
            let first = other.flow.first.nanoseconds
            if first < time &- Self.window { break }
            looks += 1
            if looks > Self.reach { return nil }
            guard first <= time, other.mayBelong(to: half), Self.isOpen(other.flow, at: time, current) else { continue }
            if found != nil { return nil }
            found = place
        }
        return found
    }

    /// Whether a connection was set up and not over when another began.
    private static func isOpen(_ flow: Flow, at time: Int64, _ current: (Flow) -> Flow?) -> Bool {
        guard let flow = current(flow) else { return false }
        guard flow.protocolNumber == 6 else { return true }
        return flow.isEstablished && !(flow.isClosed && flow.last.nanoseconds < time)
    }

    /// Of a server with several processes one listens and another takes: asks once for the sockets of what was taken shortly
    /// before something began that has no partner.
    private mutating func doubt(_ ask: (RelayHalf) -> Void) {
        for place in begun.unlinked {
            guard let half = begun[place], let process = half.process, !half.isDoubted else { continue }
            begun.doubt(place)
            guard !served.places(of: process).contains(where: { served[$0]?.mayBelong(to: half) ?? false }) else {
                continue
            }
            let time = half.flow.first.nanoseconds
            var left = Self.doubts
            for other in served.latest(Self.reach, before: time) where left > 0 {
                guard let taken = served[other], !taken.isExact, !taken.isDoubted, taken.mayBelong(to: half),
                    taken.flow.first.nanoseconds >= time &- Self.window
                else { continue }
                served.doubt(other)
                ask(taken)
                left -= 1
            }
        }
    }
}
