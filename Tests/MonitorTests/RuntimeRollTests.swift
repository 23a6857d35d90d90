import Containers
import Testing

@testable import Monitor

@Suite("Roll of runtimes")
struct RuntimeRollTests {
    @Test func isQuietAtOnceWhereNobodyIs() {
        #expect(RuntimeRoll([]).isQuiet(for: .zero))
        #expect(!RuntimeRoll([]).isQuiet(for: .seconds(1000)))
    }

    @Test func waitsForEachToSpeak() {
        let roll = RuntimeRoll(["docker", "podman"])
        roll.hear(.connected(source: "docker"))
        roll.hear(.container(identifier: "a", ContainerDescription()))
        #expect(!roll.isQuiet(for: .zero))
        #expect(roll.silent == ["podman"])
        roll.hear(.unreachable(source: "podman", reason: "refused"))
        #expect(roll.isQuiet(for: .zero))
        #expect(roll.silent == [])
    }

    @Test func isNotQuietRightAfterAWord() {
        let roll = RuntimeRoll(["docker"])
        roll.hear(.connected(source: "docker"))
        #expect(!roll.isQuiet(for: .seconds(1000)))
    }
}
