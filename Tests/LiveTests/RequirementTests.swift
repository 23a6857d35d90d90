import Testing

@Suite("Requirements")
struct RequirementTests {
    @Test(arguments: Requirement.allCases)
    func nothingLacksInCI(requirement: Requirement) {
        guard Requirement.isCI else { return }
        #expect(requirement.lack == nil)
    }

    @Test func whatLacksIsSkippedExceptInCI() {
        #expect(!Requirement.runs(lack: "x is missing", isCI: false))
        #expect(Requirement.runs(lack: "x is missing", isCI: true))
        #expect(Requirement.runs(lack: nil, isCI: false))
    }
}
