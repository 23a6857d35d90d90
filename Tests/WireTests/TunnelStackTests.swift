import Testing
import Wire

@Suite("Tunnel stack") struct TunnelStackTests {
    static func stack(_ kinds: some Sequence<TunnelKind>) -> TunnelStack {
        var stack = TunnelStack()
        for kind in kinds { stack.push(kind) }
        return stack
    }

    @Test func isEmptyWithoutTunnels() {
        let stack = TunnelStack()
        #expect(stack.isEmpty)
        #expect(!stack.isFull)
        #expect(stack.innermost == nil)
        #expect(stack.kinds.isEmpty)
    }

    @Test(arguments: TunnelKind.allCases) func keepsEveryKindAtEveryDepth(kind: TunnelKind) {
        for depth in 1...TunnelStack.maximumDepth {
            let stack = Self.stack(repeatElement(kind, count: depth))
            #expect(!stack.isEmpty)
            #expect(stack.innermost == kind)
            #expect(stack.kinds == [TunnelKind](repeating: kind, count: depth))
            #expect(stack.isFull == (depth == TunnelStack.maximumDepth))
        }
    }

    @Test func listsTheOutermostFirst() {
        let kinds: [TunnelKind] = [.ipip, .vxlan, .mplsInIP, .gre, .gtpu, .teredo]
        let stack = Self.stack(kinds)
        #expect(stack.kinds == kinds)
        #expect(stack.innermost == .teredo)
    }

    @Test func tellsOrdersApart() {
        #expect(Self.stack([.vxlan, .gre]) != Self.stack([.gre, .vxlan]))
        #expect(Self.stack([.gre]) != Self.stack([.gre, .gre]))
    }
}
