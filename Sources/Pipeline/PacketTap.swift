package import Addressing
package import Flows

/// Who wants to see the packets of some flows.
///
/// Called in packet order, never concurrently, right after a packet was counted; packets are counted one by one for it. What is borrowed is valid only during the call.
package protocol PacketTap: AnyObject {
    /// Whether packets of a flow are wanted. Asked for each packet of each flow.
    func wants(_ flow: PacketFlow) -> Bool

    /// A packet of such a flow, as it was captured. `number` counts all frames that came in, from 1.
    func take(
        _ frame: Frame,
        _ bytes: RawSpan,
        number: UInt64,
        of flow: PacketFlow,
        at point: ObservationPoint
    )
}
