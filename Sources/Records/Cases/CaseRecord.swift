package import Addressing
package import Containers

/// A case as it is told, kept and shown: a container that something was found of, and what is kept of it until somebody lets it go.
package struct CaseRecord: Hashable, Sendable {
    /// What a record tells.
    package enum Action: String, Hashable, Sendable, CaseIterable {
        /// How it stands.
        case state = "case"
        case opened = "case_opened"
        /// The container is gone.
        case ended = "case_ended"
        /// The container runs again.
        case resumed = "case_resumed"
        /// There is no room for more of it.
        case full = "case_full"
        case released = "case_released"
    }

    /// How it stands.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// The container runs.
        case open
        case ended
        case released
    }

    /// What is kept past its time.
    package struct Kept: Hashable, Sendable {
        /// Rows of all kinds, and flows among them.
        package var rows: UInt64 = 0
        package var flows: UInt64 = 0
        /// Bytes, about.
        package var bytes: UInt64 = 0
        /// Those among them that tell of the whole host: of the identity journal, and of gaps.
        package var ofAll: UInt64 = 0
        /// Rows that there was no room for, and since when.
        package var missing: UInt64 = 0
        package var missingSince: Timestamp?

        package init() {}

        /// Counts a row more.
        package mutating func add(_ bytes: UInt64, isFlow: Bool, isOfAll: Bool = false) {
            rows += 1
            flows += isFlow ? 1 : 0
            self.bytes &+= bytes
            ofAll &+= isOfAll ? bytes : 0
        }

        /// Counts a row less.
        package mutating func remove(_ bytes: UInt64, isFlow: Bool, isOfAll: Bool = false) {
            rows -= min(1, rows)
            flows -= min(isFlow ? 1 : 0, flows)
            self.bytes -= min(bytes, self.bytes)
            ofAll -= min(isOfAll ? bytes : 0, ofAll)
        }
    }

    /// What is stored of it.
    package struct Seen: Hashable, Sendable {
        package var flows: UInt64 = 0
        package var peers: UInt64 = 0
        /// Whether there is more than was looked at.
        package var isCut = false

        package init() {}
    }

    /// Packets that were recorded of it.
    package struct Packets: Hashable, Sendable {
        package var files: Int
        package var bytes: UInt64
        /// The folder they lie in.
        package var path: String
        /// What the files are called there, the oldest first: of many the newest. At most `nameLimit`.
        package private(set) var names: [String]

        package static var nameLimit: Int { 64 }

        package init(files: Int, bytes: UInt64, path: String, names: [String] = []) {
            self.files = files
            self.bytes = bytes
            self.path = path
            self.names = names.suffix(Self.nameLimit)
        }
    }

    package var action: Action
    package var time: Timestamp
    /// From 1 on; never given again.
    package var number: UInt64
    package var container: Container
    /// Addresses it was seen to have, in the order they were seen.
    package private(set) var addresses: [IPAddress] = []
    /// From when on what there is of it is kept.
    package var from: Timestamp
    package var opened: Timestamp
    /// When the container was gone; nil while it runs.
    package var ended: Timestamp?
    package var released: Timestamp?
    /// Who let it go: `root (uid 0)`.
    package var releasedBy: String?
    /// Alerts that it is kept for, and the worst of them.
    package var alerts: UInt64 = 0
    package var worst = Worst()
    package var kept = Kept()
    /// Connections that were counted of it; nil is not known.
    package var connections: UInt64?
    /// What is stored of it, where that was looked for.
    package var seen: Seen?
    /// Nil when none were recorded, or it is not known here.
    package var packets: Packets?

    /// What weighs most of what was found.
    package struct Worst: Hashable, Sendable {
        /// 0 to 100.
        package var severity = 0
        package var rule = ""
        /// One sentence. Names in it come from outside.
        package var message = ""

        package init() {}
    }

    package init(_ number: UInt64, _ container: Container, from: Timestamp, opened: Timestamp) {
        action = .opened
        time = opened
        self.number = number
        self.container = container
        self.from = from
        self.opened = opened
    }

    package var state: State { released != nil ? .released : ended != nil ? .ended : .open }

    /// Addresses that are remembered of one.
    private static var addressLimit: Int { 64 }

    /// Takes an address in, as long as there is room.
    package mutating func add(_ address: IPAddress) {
        guard addresses.count < Self.addressLimit, !addresses.contains(address) else { return }
        addresses.append(address)
    }

    /// Counts an alert that it is kept for.
    package mutating func add(_ alert: AlertRecord) {
        alerts += 1
        guard alerts == 1 || alert.severity > worst.severity else { return }
        worst.severity = alert.severity
        worst.rule = alert.rule
        worst.message = alert.message
    }

    /// What the folder of its packets is called.
    package var folder: String { container.key.folder }

    /// The record as one JSON object on a line, with the line's end: what `init(reading:)` reads.
    package var line: [UInt8] {
        var lines = JSONRecordLines(json: JSONBuffer(capacity: 1024), resolvesNames: true)
        lines.write(self)
        return lines.json.bytes
    }
}
