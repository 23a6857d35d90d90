/// What became of a try: of a flow that its initiator began, and whose responder had not answered yet.
public enum TryOutcome: Sendable {
    /// The responder sent something.
    case answered
    /// It sent a TCP RST.
    case refused
    /// Somebody on the way, or the responder, said in an ICMP error that it cannot be reached.
    case unreachable
    /// Nobody sent anything for `FlowConfiguration.patience`.
    case silent
}
