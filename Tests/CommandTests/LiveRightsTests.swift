import Testing

@testable import portolan

@Suite("Rights to watch")
struct LiveRightsTests {
    @Test func nothingIsSaidWhereNothingLacks() {
        #expect(LiveRights(effective: .max).lines.isEmpty)
        #expect(!LiveRights(effective: .max).explains("cannot list links: Permission denied"))
    }

    @Test(arguments: Capability.allCases.filter { $0 != .netRaw })
    func oneThatLacksIsNamedWithWhatItCosts(capability: Capability) {
        let rights = LiveRights(effective: ~(1 << capability.rawValue))
        #expect(rights.lines.count == 2)
        #expect(rights.lines.first == "without \(capability.name) \(capability.cost)")
        #expect(rights.explains("cannot list links: Permission denied"))
        #expect(!rights.explains("docker.sock: no answer"))
    }

    @Test func theRightToCaptureIsAskedForByCapturing() {
        #expect(LiveRights(effective: ~(1 << Capability.netRaw.rawValue)).lines.isEmpty)
    }
}
