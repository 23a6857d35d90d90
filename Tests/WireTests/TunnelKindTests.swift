import Testing
import Wire

@Suite("Tunnel kind") struct TunnelKindTests {
    @Test func hasANameOfItsOwn() {
        #expect(Set(TunnelKind.allCases.map(\.description)).count == TunnelKind.allCases.count)
    }

    @Test func fitsInFiveBitsAndIsNeverNone() {
        for kind in TunnelKind.allCases { #expect((1..<32).contains(kind.rawValue)) }
    }

    /// Addresses inside mean something only together with the segment; elsewhere they stand for themselves.
    @Test func namesSegmentsWhereOverlaysDo() {
        #expect(TunnelKind.allCases.filter(\.namesSegment) == [.vxlan, .vxlanGPE, .geneve, .nvgre])
    }
}
