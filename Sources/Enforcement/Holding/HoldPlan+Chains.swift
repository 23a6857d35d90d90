import Netlink

/// The rules that hold.
///
/// A bridge's own hooks know the port and, in most kernels, not the bridge; the hooks of the bridge's device know the bridge and not the
/// port. What a bridge forwards has two ports, of which one tells for the other; what it hands up or is handed takes a bit of the packet's
/// mark from the one hook to the other. What others do with that bit is left alone elsewhere.
extension HoldPlan {
    /// Before whatever others do at these hooks, and behind it where a packet goes out: -300 is NF_BR_PRI_FIRST's side of iptables' bridge
    /// hooks, 300 the other.
    private static var first: Int32 { -300 }
    private static var last: Int32 { 300 }

    static var bridgeChains: [String: DesiredChain] {
        [
            "hold_forward": DesiredChain(
                base: .init(hook: .forward, priority: first),
                rules: [
                    unarmed,
                    SetShape.rule(
                        [.lookup([.inputIndex], in: Name.passing), .lookup([.outputIndex], in: Name.passing), .return],
                        "both are let through"
                    ),
                    other(.inputIndex), other(.outputIndex), held,
                ],
                comment: "from port to port"
            ),
            "hold_input": DesiredChain(
                base: .init(hook: .input, priority: first),
                rules: [
                    other(.inputIndex),
                    SetShape.rule([.markHas(bit), .mark(bit, isSet: false)], "whoever set it"),
                    unarmed,
                    SetShape.rule([.lookup([.inputIndex], in: Name.passing), .return], "let through"),
                    Nftables.Rule(.mark(bit, isSet: true), comment: "to be held where the bridge is known"),
                ],
                comment: "to the host"
            ),
            "hold_output": DesiredChain(
                base: .init(hook: .output, priority: last),
                rules: [
                    other(.outputIndex),
                    Nftables.Rule(.markHas(bit, isInverted: true), .return, comment: "another bridge"),
                    Nftables.Rule(.mark(bit, isSet: false)),
                    unarmed,
                    SetShape.rule([.lookup([.outputIndex], in: Name.passing), .return], "let through"),
                    held,
                ],
                comment: "from the host"
            ),
        ]
    }

    static func deviceChains(_ bridges: Set<String>) -> [String: DesiredChain] {
        [
            "hold_ingress": DesiredChain(
                base: .init(hook: .ingress, priority: first, devices: bridges),
                rules: [
                    Nftables.Rule(.markHas(bit, isInverted: true), .return, comment: "by a port that is let through"),
                    held,
                ],
                comment: "what these bridges hand up"
            ),
            "hold_egress": DesiredChain(
                base: .init(hook: .egress, priority: last, devices: bridges),
                rules: [Nftables.Rule(.mark(bit, isSet: true), comment: "to be held where the port is known")],
                comment: "what these bridges are handed"
            ),
        ]
    }

    /// Holding ends by itself when nobody renews it.
    private static var unarmed: Nftables.Rule {
        let lookup = Nftables.Statement.lookup([.packetType], in: Name.armed, isInverted: true)
        return SetShape.rule([lookup, .return], "nobody is there to let through")
    }

    private static func other(_ port: Nftables.Selector) -> Nftables.Rule {
        SetShape.rule([.lookup([port], in: Name.others), .return], "another bridge")
    }

    private static var held: Nftables.Rule { Nftables.Rule(.counter, .drop, comment: "held until it is known") }
}
