package import Addressing
package import Containers
package import Flows

/// Who is told all that a pipeline is told, in its order, so that another pipeline can be told the same.
///
/// Called right after the pipeline has taken it in, never concurrently. What is borrowed is valid only during the call. Nothing is handed
/// over that has no consequence: not the time where nothing depends on it, nor that nothing waited.
package protocol InputLog: AnyObject {
    /// Frames came in. `isSettled`: right after them the pipeline looked at what it had put off, and found something to do.
    func frames(_ batch: borrowing FrameBatch, isSettled: Bool)

    /// Something became so, all at once.
    func changed(_ entries: some Collection<JournalEntry>)

    /// It was that time, although no frame came. `isDue`: something followed from it; else it only counts for what comes after.
    func advanced(to time: Timestamp, isDue: Bool)

    /// A capture is looked at from now on: of all interfaces of a namespace, or of one.
    func watched(_ capture: WatchedCapture)

    /// A question for a socket has no answer.
    func gaveUp(_ key: SocketKey)

    /// So much is found out of flows from now on.
    func detailed(_ detail: FlowDetailLevel)

    /// All flows ended, and everything began anew.
    func startedOver()

    /// The clock was set, and whoever listens to the pipeline was told so.
    func clockChanged(from: Timestamp, to: Timestamp)

    /// There is no more input.
    func finished()

    /// Whether it wants to be told where the pipeline stands, as it begins another file. Asked before each batch.
    var wantsStanding: Bool { get }

    /// Where it stands.
    func stands(_ standing: PipelineStanding)
}

/// What interfaces a capture sees.
package struct WatchedCapture: Hashable, Sendable {
    /// What its frames have as their interface.
    package var number: UInt32
    package var digits: Int
    package var place: Place

    package enum Place: Hashable, Sendable {
        /// All interfaces of a namespace, which frames name by their index.
        case all(NetworkNamespace)
        case one(InterfaceKey, name: String)
    }

    package init(number: UInt32, digits: Int, place: Place) {
        self.number = number
        self.digits = digits
        self.place = place
    }
}

/// All that another pipeline has to know to go on from here, but for flows under way.
package struct PipelineStanding {
    /// In the order in which they were opened.
    package var captures: [WatchedCapture]
    package var detail: FlowDetailLevel
    /// What is open in the journal, in an order in which one can take it.
    package var changes: [JournalEntry.Change]
    /// The newest time there was.
    package var time: Timestamp?
}
