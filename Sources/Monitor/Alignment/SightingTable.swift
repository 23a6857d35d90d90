/// The packets of one capture that may be found in another, by their marks.
///
/// Bounded: of more than `limit` packets those stay whose lots are lowest, which are the same ones in every capture.
struct SightingTable {
    private(set) var sightings: [PacketMark: PacketSighting] = [:]
    /// Lots above it are left out.
    private var highest = UInt64.max

    static var limit: Int { 1 << 17 }

    mutating func add(_ mark: PacketMark, at time: Int64, point: UInt16) {
        guard mark.lot <= highest else { return }
        if sightings[mark]?.add(at: time, point: point) != nil { return }
        if sightings.count >= Self.limit { thin() }
        // Packets may be crafted so that many have the lowest lot.
        guard mark.lot <= highest, sightings.count < Self.limit else { return }
        sightings[mark] = PacketSighting(at: time, point: point)
    }

    private mutating func thin() {
        while sightings.count >= Self.limit, highest > 0 {
            highest /= 2
            sightings = sightings.filter { $0.key.lot <= highest }
        }
    }
}
