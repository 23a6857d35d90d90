public import Addressing

/// Who is told what a flow table concludes. Called in packet order, never concurrently.
public protocol FlowSink: AnyObject {
    /// A first packet came. Only with `FlowConfiguration.reportsStarts`.
    func started(_ flow: borrowing Flow, _ book: borrowing FlowBook)

    /// The responder of a flow that was told of sent its first packet; `isRefusal`: it was a TCP RST. Only with
    /// `FlowConfiguration.reportsAnswers`, and not of flows whose first packet was the responder's.
    func answered(serial: UInt32, isRefusal: Bool, at time: Timestamp)

    /// A flow goes on, and had a packet since it was told of last. Only with `FlowConfiguration.reportsUpdates`.
    func updated(_ flow: borrowing Flow, _ book: borrowing FlowBook)

    /// A flow ended, or its record was cut.
    func ended(_ flow: borrowing Flow, _ book: borrowing FlowBook)

    /// A DNS answer passed in a flow; `message` is as captured, over TCP with its length in front.
    func resolved(_ message: RawSpan, _ exchange: DNSExchange, _ book: borrowing FlowBook)
}

/// Most listeners do not ask.
extension FlowSink {
    public func answered(serial: UInt32, isRefusal: Bool, at time: Timestamp) {}
}
