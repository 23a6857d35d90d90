package import Addressing
package import Containers

/// Reads back what `InventoryWriter` wrote: who is here, where, and what they offer.
///
/// Lines of one namespace come together again; what of its sockets was nobody's stands at its owner, as it was written. Strict: the
/// first bad line is an error. Lines of other kinds, and keys that are not known, are passed over. Bounded by the text, which
/// whoever calls must have bounded.
///
/// Not told, and so not read: numbers of control groups, masters of interfaces, of a bridge anything but its name (its index is
/// read as 0), the generation of an owner who is not among the lines (0), and since when the journal has a container: read is
/// when the host was looked at.
package struct InventoryReader {
    /// What was read so far.
    package internal(set) var inventory = Inventory()
    /// When the host was looked at; nil before the first line.
    package private(set) var time: Timestamp?
    /// Lines of other kinds.
    package private(set) var skipped = 0
    /// Where in the inventory each namespace stands.
    var places: [NetworkNamespace: Int] = [:]
    /// Whom a line was read of.
    var residents: Set<ContainerKey> = []
    /// Namespaces that a line of their own was read of.
    var described: Set<NetworkNamespace> = []

    typealias Reason = JournalError.Reason

    package init() {}

    /// Reads all lines of a text; a last one without its end, too, when it is whole.
    package init(reading text: Span<UInt8>) throws(JournalError) {
        var start = 0
        var line = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != 0x0a { end += 1 }
            line += 1
            do {
                if end > start { try read(text.extracting(start..<end)) }
            } catch {
                throw JournalError(line: line, reason: error)
            }
            start = end + 1
        }
    }

    /// Reads one line, without its end.
    package mutating func read(_ line: Span<UInt8>) throws(JournalError.Reason) {
        let fields = try JournalFields(reading: line)
        let event = try fields.object("event")
        let kind = try fields.object("identity").optional("kind", String.init(json:)).flatMap(Identity.Kind.init)
        guard event["kind"] == .string("state"), event["action"] == nil, let kind else {
            skipped += 1
            return
        }
        let looked = try fields.required("@timestamp", Timestamp.init(json:))
        switch kind {
        case .container: try take(try fields.resident(at: looked))
        case .namespace: try take(try fields.place())
        case .host:
            var place = try fields.place()
            place.isHost = true
            try take(place)
        default:
            skipped += 1
            return
        }
        time = time ?? looked
        if let name = try fields.object("observer").optional("hostname", String.init(json:)) {
            inventory.hostName = name
        }
    }
}
