import Addressing
import Capture
import Containers
import Flows
import Pipeline
import Records

/// How each kind of note is written and read.
extension RecordedInput {
    /// What the input is in a file: changes may need several notes.
    var notes: [RecordedNote] {
        var bytes: [UInt8] = []
        let kind: Kind
        switch self {
        case .begin(let start):
            kind = .begin
            bytes = start.bytes
        case .changes(let entries): return Self.notes(entries)
        case .advance(let time):
            kind = .advance
            bytes.put(time.nanoseconds)
        case .capture(let capture):
            kind = .capture
            capture.write(&bytes)
        case .unanswered(let key):
            kind = .unanswered
            key.write(&bytes)
        case .detail(let detail):
            kind = .detail
            bytes.put(UInt8(detail.inspects ? 1 : 0))
            bytes.put(detail.updateInterval ?? 0)
        case .startedOver: kind = .startedOver
        case .clock(let from, let to):
            kind = .clock
            bytes.put(from.nanoseconds)
            bytes.put(to.nanoseconds)
        case .end(let leftOut):
            kind = .end
            bytes.put(leftOut)
        case .settled: return []
        }
        return [RecordedNote(kind: kind.rawValue, bytes: bytes)]
    }

    /// As lines of the journal. What became so at once stays together, however many notes it needs.
    private static func notes(_ entries: [JournalEntry]) -> [RecordedNote] {
        var notes: [RecordedNote] = []
        var writer = JournalWriter()
        func end() {
            notes.append(RecordedNote(kind: Kind.changes.rawValue, bytes: writer.bytes))
            writer.removeAll()
        }
        for entry in entries {
            writer.write(entry)
            // A line is at most as long as what is left.
            if writer.count >= PcapngWriter.noteLimit / 4 { end() }
        }
        if writer.count > 0 { end() }
        for index in notes.indices.dropLast() { notes[index].isContinued = true }
        return notes.filter { $0.bytes.count <= PcapngWriter.noteLimit }
    }

    /// Nil when a line is none of a journal's: whoever changed that changed others, too.
    static func entries(_ bytes: [UInt8]) -> [JournalEntry]? {
        var reader = JournalReader()
        var entries: [JournalEntry] = []
        do throws(JournalError) {
            try reader.read(bytes.span) { entries.append($0) }
            try reader.finish { entries.append($0) }
        } catch {
            return nil
        }
        return entries
    }
}

extension WatchedCapture {
    /// Number, digits, kind of place, two zeros, namespace, index of the interface, its name to the end.
    fileprivate func write(_ bytes: inout [UInt8]) {
        bytes.put(number)
        bytes.put(UInt8(clamping: digits))
        switch place {
        case .all(let namespace):
            bytes.put(UInt8(0))
            bytes.put(UInt16(0))
            bytes.put(namespace.inode)
        case .one(let key, let name):
            bytes.put(UInt8(1))
            bytes.put(UInt16(0))
            bytes.put(key.namespace.inode)
            bytes.put(key.index)
            let name = Array(name.utf8.prefix(255))
            bytes.put(UInt16(clamping: name.count))
            bytes += name
        }
    }

    init?(_ fields: inout NoteFields) {
        guard let number = fields.take(UInt32.self), let digits = fields.take(UInt8.self),
            let kind = fields.take(UInt8.self), fields.take(UInt16.self) != nil,
            let inode = fields.take(UInt64.self), digits <= 9
        else { return nil }
        let namespace = NetworkNamespace(inode: inode)
        switch kind {
        case 0: self.init(number: number, digits: Int(digits), place: .all(namespace))
        case 1:
            guard let index = fields.take(UInt32.self), let length = fields.take(UInt16.self),
                let name = fields.take(Int(length))
            else { return nil }
            let key = InterfaceKey(namespace: namespace, index: index)
            self.init(
                number: number,
                digits: Int(digits),
                place: .one(key, name: String(decoding: name, as: UTF8.self))
            )
        default: return nil
        }
    }
}

extension SocketKey {
    /// Namespace, protocol, and of either end its port and its address.
    fileprivate func write(_ bytes: inout [UInt8]) {
        bytes.put(namespace.inode)
        bytes.put(protocolNumber)
        for end in [local, remote] {
            bytes.put(end.port)
            switch end.address {
            case .v4(let address):
                bytes.put(UInt8(4))
                bytes.put(address.bits)
            case .v6(let address):
                bytes.put(UInt8(6))
                bytes.put(address.low)
                bytes.put(address.high)
            }
        }
    }

    init?(_ fields: inout NoteFields) {
        guard let inode = fields.take(UInt64.self), let protocolNumber = fields.take(UInt8.self),
            let local = Translation.End(&fields), let remote = Translation.End(&fields)
        else { return nil }
        self.init(
            namespace: NetworkNamespace(inode: inode),
            protocolNumber: protocolNumber,
            local: local,
            remote: remote
        )
    }
}

extension Translation.End {
    fileprivate init?(_ fields: inout NoteFields) {
        guard let port = fields.take(UInt16.self), let family = fields.take(UInt8.self) else { return nil }
        switch family {
        case 4:
            guard let bits = fields.take(UInt32.self) else { return nil }
            self.init(address: .v4(IPv4Address(bits: bits)), port: port)
        case 6:
            guard let low = fields.take(UInt64.self), let high = fields.take(UInt64.self) else { return nil }
            self.init(address: .v6(IPv6Address(high: high, low: low)), port: port)
        default: return nil
        }
    }
}

extension FlowDetailLevel {
    /// Whether payloads are looked at, and how often flows are told of, in seconds; 0 for not at all.
    init?(_ fields: inout NoteFields) {
        guard let inspects = fields.take(UInt8.self), let interval = fields.take(Int64.self) else { return nil }
        self.init(updateInterval: interval > 0 ? interval : nil, inspects: inspects != 0)
    }
}
