/// Folds a graph into rows and the edges between them, again and again.
///
/// It remembers what it was told: an endpoint's rows are worked out when it came or changed, and which folded edge an edge counts on when
/// rows or edges did, so that a frame only sums. Tell it of the graph about once a second, and fold as often as frames are drawn.
/// A value without clock; bounded as the pictures are that it is told.
package struct Folder: Sendable {
    var ends: EndTable
    var edges = EdgeTable()
    var crowd = StrangerCrowd()
    var index: FoldIndex?
    var frame = FrameMemory()
    private let known: FoldPlaces
    private var filter: (@Sendable (EdgeKey, Endpoint, Endpoint) -> Bool)?
    /// Seconds of the picture that is compared with; nil where there is none.
    private(set) var earlierSeconds: Double?
    private var earlier: GraphPicture?
    /// Endpoints of the last picture, as far as they were not looked at; and how many there were.
    private var unsettled: [EndpointKey: Endpoint]?
    private var told = -1

    /// Ends that stand out of one fold at a time.
    package static var standingOut: Int { 5 }
    /// Folder's tables are made anew when so many more edges went than are there.
    private static var slack: Int { 4096 }

    package init(_ known: FoldPlaces = FoldPlaces()) {
        self.known = known
        ends = EndTable(known)
    }

    /// Takes a graph as it stands now. Where `isPatient`, what may have changed of ends that are known waits for `settle`, as going
    /// through all of them takes a while; new ones are taken at once.
    package mutating func take(_ picture: GraphPicture, isPatient: Bool = false) {
        if edges.keys.count > 2 * max(edges.count, picture.edges.count) + Self.slack + (earlier?.edges.count ?? 0) {
            forget()
        }
        unsettled = nil
        let isKnown = isPatient && picture.endpoints.count == told
        if !isKnown { ends.take(picture.endpoints) }
        told = picture.endpoints.count
        let known = ends.ends.count
        let fresh = edges.take(picture.edges, &ends)
        if isKnown {
            // As many as before, and not the same.
            if ends.ends.count > known { ends.take(picture.endpoints) } else { unsettled = picture.endpoints }
        }
        ask(Array(fresh), of: unsettled == nil ? ends.changed : [])
    }

    /// Takes what waits; returns whether anything of it changes a fold.
    package mutating func settle() -> Bool {
        guard let endpoints = unsettled else { return false }
        unsettled = nil
        ends.take(endpoints)
        ask([], of: ends.changed)
        return !ends.changed.isEmpty
    }

    /// Takes what goes over edges each second; of others it is not known.
    package mutating func take(_ rates: [EdgeKey: EdgeRate]) { edges.take(rates) }

    /// Takes the window or baseline that the picture is compared with, of so many seconds; nil ends that.
    package mutating func compare(with earlier: GraphPicture?, seconds: Double = 0) {
        self.earlier = earlier
        earlierSeconds = earlier == nil ? nil : seconds
        ends.add(missing: earlier?.endpoints ?? [:])
        ask(Array(edges.take(earlier: earlier?.edges ?? [:], &ends)), of: [])
    }

    /// Only what this lets through is drawn, and what is next to it. Nil draws all.
    package mutating func filter(_ isWanted: (@Sendable (EdgeKey, Endpoint, Endpoint) -> Bool)?) {
        filter = isWanted
        ask(Array(edges.lines.indices), of: [])
    }

    var isFiltered: Bool { filter != nil }

    /// Levels, segments or networks are others than before.
    package mutating func placesChanged() { ends.placeAll() }

    /// The rows of the next rung up that hold the ends of a row.
    package func parents(of row: FoldedRow) -> [RowKey] {
        guard let rung = row.key.rung.coarser else { return [] }
        let numbers = row.members.compactMap { ends.number(of: $0) }.map { ends.ends[$0].row(at: rung) }
        return Set(numbers).map { ends.rows.rows[$0].key }.sorted()
    }

    /// The row of a rung that an end is in, whatever is drawn; nil for one that nobody told of.
    package func row(of end: EndpointKey, at rung: Rung) -> RowKey? {
        ends.number(of: end).map { ends.rows.rows[ends.ends[$0].row(at: rung)].key }
    }

    /// What a row is called that is not drawn.
    func label(of key: RowKey) -> String { ends.rows.number(of: key).map { ends.rows.rows[$0].label } ?? key.name }

    /// Asks the filter about edges that came, and about all that have an end which changed.
    private mutating func ask(_ fresh: [Int], of changed: [Int]) {
        guard let filter else { return }
        var asked = fresh
        if !changed.isEmpty {
            let changed = Set(changed)
            asked += edges.lines.indices.filter {
                changed.contains(edges.lines[$0].source) || changed.contains(edges.lines[$0].destination)
            }
        }
        for number in asked {
            let line = edges.lines[number]
            let isWanted = filter(
                edges.keys[number],
                ends.endpoints[line.source],
                ends.endpoints[line.destination]
            )
            if isWanted {
                edges.lines[number].flags.insert(.wanted)
            } else {
                edges.lines[number].flags.remove(.wanted)
            }
        }
    }

    private mutating func forget() {
        ends = EndTable(known)
        edges = EdgeTable()
        index = nil
        frame = FrameMemory()
        if let earlier { compare(with: earlier, seconds: earlierSeconds ?? 0) }
    }
}
