import Testing

@testable import Wire

@Suite("Tunnel ports") struct TunnelPortsTests {
    /// The quick look may only ever rule out what the table does not know.
    @Test(
        arguments: [
            TunnelPorts(),
            TunnelPorts(vxlan: [0, 65535, 14789], geneve: [1, 36081]),
            TunnelPorts(vxlan: (1...200).map { $0 * 300 }),
        ]
    )
    func neverRuleOutAPortThatIsLookedFor(ports: TunnelPorts) {
        var found = 0
        for port in 0...UInt32(UInt16.max) {
            for pair in [port, port << 16, port << 16 | port, port << 16 | 53, 53 << 16 | port]
            where ports.kind(pair) != nil {
                found += 1
                #expect(!ports.excludes(pair), "\(pair >> 16) to \(pair & 0xffff)")
            }
        }
        // Eight default ports at least, each in three of the pairs.
        #expect(found >= 24)
    }

    @Test func ruleOutMostOthersAtOnce() {
        let ports = TunnelPorts()
        let excluded = (0...UInt32(UInt16.max)).filter { ports.excludes(53 << 16 | $0) }
        #expect(excluded.count > 50_000)
    }

    @Test func ruleOutTheBusiestPorts() {
        let ports = TunnelPorts()
        for port in [53, 123, 443, 5353] as [UInt32] { #expect(ports.excludes(40_000 << 16 | port)) }
    }

    @Test(
        arguments: [
            (4789, .vxlan), (8472, .vxlan), (4790, .vxlanGPE), (6081, .geneve), (2152, .gtpu), (3544, .teredo),
            (4754, .gre), (1701, .l2tp),
        ] as [(UInt32, PortTunnel)]
    )
    func knowTheAssignedOnes(port: UInt32, kind: PortTunnel) {
        #expect(TunnelPorts().kind(40_000 << 16 | port) == kind)
    }

    /// Overlays send to the known port from any; the others answer from it.
    @Test(
        arguments: [(4789, nil), (6081, nil), (4754, nil), (2152, .gtpu), (3544, .teredo), (1701, .l2tp)]
            as [(UInt32, PortTunnel?)]
    )
    func knowAnswersOfThoseThatAnswer(port: UInt32, kind: PortTunnel?) {
        #expect(TunnelPorts().kind(port << 16 | 40_000) == kind)
    }

    @Test func takeWhatIsAskedForBesides() {
        let ports = TunnelPorts(vxlan: [4790, 5000], geneve: [5001])
        #expect(ports.kind(5000) == .vxlan)
        #expect(ports.kind(5001) == .geneve)
        #expect(ports.kind(4789) == .vxlan)
        // A port that is asked for is that, whatever it was.
        #expect(ports.kind(4790) == .vxlan)
    }
}
