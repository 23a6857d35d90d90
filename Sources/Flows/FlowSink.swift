public import Addressing

/// Who is told what a flow table concludes. Called in packet order, never concurrently.
public protocol FlowSink: AnyObject {
    /// A first packet came: asked before `started`, with less. Whom that is enough is told no more of the start.
    func begins(_ outline: FlowOutline, _ book: borrowing FlowBook) -> FirstLook

    /// A flow that somebody waits for is answered: asked before `settled`, with less. Returns whether that is enough.
    func answered(_ outline: FlowOutline, _ book: borrowing FlowBook, at time: Timestamp) -> Bool

    /// A first packet came. Only with `FlowConfiguration.reportsStarts`. Returns whether to tell what becomes
    /// of it: never of one whose first packet was the responder's.
    func started(_ flow: borrowing Flow, _ book: borrowing FlowBook) -> Bool

    /// It is known what becomes of a flow that somebody waits for, as it stands now; told once, and not of one that ends before. Only with
    /// `FlowConfiguration.reportsAnswers`. `time`: when it was answered, or when the patience was over.
    func settled(_ flow: borrowing Flow, as outcome: TryOutcome, _ book: borrowing FlowBook, at time: Timestamp)

    /// A flow is over, and `ended` comes next: asked before, with less; not of one that was seen at several points. Only with
    /// `FlowConfiguration.reportsAnswers`.
    func ends(_ outline: FlowOutline, _ book: borrowing FlowBook)

    /// A flow goes on, and had a packet since it was told of last. Only with `FlowConfiguration.reportsUpdates`.
    func updated(_ flow: borrowing Flow, _ book: borrowing FlowBook)

    /// A flow ended, or its record was cut.
    func ended(_ flow: borrowing Flow, _ book: borrowing FlowBook)

    /// A DNS answer passed in a flow; `message` is as captured, over TCP with its length in front.
    func resolved(_ message: RawSpan, _ exchange: DNSExchange, _ book: borrowing FlowBook)
}

/// Most listeners do not ask.
extension FlowSink {
    public func begins(_ outline: FlowOutline, _ book: borrowing FlowBook) -> FirstLook { .tell }

    public func ends(_ outline: FlowOutline, _ book: borrowing FlowBook) {}

    public func answered(_ outline: FlowOutline, _ book: borrowing FlowBook, at time: Timestamp) -> Bool { false }

    public func settled(
        _ flow: borrowing Flow,
        as outcome: TryOutcome,
        _ book: borrowing FlowBook,
        at time: Timestamp
    ) {}
}

/// What a first look at a flow that begins was enough for.
public enum FirstLook: Sendable {
    /// The flow is to be told whole.
    case tell
    /// All was seen.
    case enough
    /// All was seen, and what becomes of it is to be told.
    case awaited
}
