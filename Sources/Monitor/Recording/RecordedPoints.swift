import Addressing
import Capture
import Containers
import Pipeline
import Wire

/// The interfaces of a recording's file: one for each place that frames were seen at, described when the first is.
///
/// A capture of all interfaces of a namespace, whose frames name each by its index, is as many. Bounded: beyond `limit` in a file, further
/// ones share that of their capture.
struct RecordedPoints {
    private struct Key: Hashable {
        var capture: UInt32
        var index: UInt32
        var linkType: UInt16
    }

    private struct Point {
        var number: UInt32
        /// Of what was known when the description was made.
        var version: UInt32
        var description: String?
        /// Where it is; nil where that is not known.
        var place: InterfaceKey?
    }

    private let snapshotLength: UInt32
    private var captures: [UInt32: WatchedCapture.Place] = [:]
    private var points: [Key: Point] = [:]
    private var count: UInt32 = 0
    /// What was looked up lately, at the place that its index gives: on a host one packet passes several interfaces, so that the last
    /// is seldom the next.
    private var recent = Self.nothingRecent

    private struct Recent {
        var key: Key
        var number: UInt32
        var version: UInt32
    }

    private static var nothingRecent: [Recent] {
        let nobody = Key(capture: .max, index: .max, linkType: .max)
        return Array(repeating: Recent(key: nobody, number: 0, version: 0), count: 256)
    }

    static var limit: Int { 65_536 }

    init(snapshotLength: UInt32) { self.snapshotLength = snapshotLength }

    mutating func note(_ capture: WatchedCapture) { captures[capture.number] = capture.place }

    /// Nothing is described in the new file yet, but for an interface that no frame is of: editcap and mergecap go by the first one, and
    /// copy no file that begins with anything else.
    mutating func beginFile(_ writer: inout PcapngWriter) {
        points = [:]
        recent = Self.nothingRecent
        let cooked: UInt16 = 276
        count = writer.describe(interface: "any", linkType: cooked, snapLength: snapshotLength) + 1
    }

    /// The number of the interface that a frame was seen at, where one was there since `version` of what is known.
    func recentNumber(of frame: Frame, _ bytes: RawSpan, version: UInt32) -> UInt32? {
        let key = Self.key(of: frame, bytes)
        let place = Self.place(of: key)
        guard recent[place].key == key, recent[place].version == version else { return nil }
        return recent[place].number
    }

    private static func key(of frame: Frame, _ bytes: RawSpan) -> Key {
        var key = Key(capture: frame.interface, index: 0, linkType: frame.linkType)
        // LINKTYPE_LINUX_SLL2 has the interface's index at its fourth byte.
        if frame.linkType == 276, bytes.byteCount >= 8 { key.index = bytes.bigEndian(UInt32.self, at: 4) }
        return key
    }

    private static func place(of key: Key) -> Int { Int((key.index ^ key.capture) & 0xff) }

    /// The number of the interface that a frame was seen at, which is described if it was not yet. `comment` becomes who is behind it,
    /// where that is known since the frame before.
    mutating func number(
        of frame: Frame,
        _ bytes: RawSpan,
        _ places: RecordedPlaces,
        _ writer: inout PcapngWriter,
        _ comment: inout String?
    ) -> UInt32 {
        var key = Self.key(of: frame, bytes)
        let place = Self.place(of: key)
        if points[key] == nil, points.count >= Self.limit { key.index = 0 }
        var point = points[key] ?? describe(key, places, &writer)
        if point.version != places.version {
            point.version = places.version
            let description = point.place.flatMap { places.description(of: $0) }
            if description != point.description {
                point.description = description
                comment = description
            }
        }
        points[key] = point
        recent[place] = Recent(key: key, number: point.number, version: point.version)
        return point.number
    }

    private mutating func describe(_ key: Key, _ places: RecordedPlaces, _ writer: inout PcapngWriter) -> Point {
        var place: InterfaceKey?
        var name: String?
        switch captures[key.capture] {
        case .all(let namespace):
            if key.index != 0 { place = InterfaceKey(namespace: namespace, index: key.index) }
            name = place.flatMap { places.name(of: $0) } ?? (key.index == 0 ? "any" : "if\(key.index)")
        case .one(let key, let given):
            place = key
            name = RecordedPlaces.harmless(given)
        case nil: name = nil
        }
        let description = place.flatMap { places.description(of: $0) }
        let number = writer.describe(
            interface: name,
            linkType: key.linkType,
            description: description,
            snapLength: snapshotLength,
            capture: key.capture
        )
        count = number + 1
        return Point(number: number, version: places.version, description: description, place: place)
    }

    /// How much was left out, which cannot be told apart by interface: said of the first.
    func writeStatistics(lost: UInt64, at time: Timestamp, _ writer: inout PcapngWriter) {
        guard count > 0 else { return }
        writer.addStatistics(of: 0, at: time, received: nil, lost: lost)
    }
}
