#if CRI
import Containers
import Runtimes
import Testing

@testable import CRI

@Suite("What is news in the CRI's lists")
struct CRILedgerTests {
    private func named(_ name: String) -> ContainerDescription {
        var description = ContainerDescription()
        description.name = name
        return description
    }

    @Test func tellsWhatIsNewAndWhatIsOther() {
        var ledger = CRILedger()
        let (one, two) = (named("one"), named("two"))
        #expect(ledger.take(["a": one], isAnew: false) == [.container(identifier: "a", one)])
        #expect(ledger.take(["a": one], isAnew: false) == [])
        #expect(ledger.take(["a": two], isAnew: false) == [.container(identifier: "a", two)])
        #expect(ledger.knows("a") && !ledger.knows("b"))
    }

    @Test func tellsWhatIsNoMoreBeforeWhatIsNew() {
        var ledger = CRILedger()
        _ = ledger.take(["a": named("a"), "b": named("b")], isAnew: false)
        #expect(
            ledger.take(["c": named("c")], isAnew: false)
                == [.removed(identifier: "a"), .removed(identifier: "b"), .container(identifier: "c", named("c"))]
        )
        #expect(!ledger.knows("a"))
    }

    @Test func tellsAllAnew() {
        var ledger = CRILedger()
        _ = ledger.take(["a": named("a")], isAnew: false)
        #expect(ledger.take(["a": named("a")], isAnew: true) == [.container(identifier: "a", named("a"))])
    }

    @Test func keepsToItsBound() {
        var ledger = CRILedger()
        let many = Dictionary(
            uniqueKeysWithValues: (0..<RuntimeBounds.containers + 5).map {
                ("c\($0 + 100_000)", ContainerDescription())
            }
        )
        #expect(ledger.take(many, isAnew: false).count == RuntimeBounds.containers)
        #expect(ledger.take(many, isAnew: true).count == RuntimeBounds.containers)
        #expect(ledger.take([:], isAnew: false).count == RuntimeBounds.containers)
    }
}

@Suite("Containers that are expected")
struct ExpectationsTests {
    @Test func areAskedAboutUntilTheyAreKnown() async {
        let expectations = Expectations()
        let (bell, ringer) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        expectations.ring(ringer)
        expectations.expect("a")
        var rings = bell.makeAsyncIterator()
        #expect(await rings.next() != nil)
        #expect(expectations.anyLack { _ in false })
        #expect(expectations.miss() == 1)
        #expect(!expectations.anyLack { $0 == "a" })
        #expect(!expectations.anyLack { _ in false }, "once it was known it is expected no more")
    }

    @Test func areGivenUpAfterSomeTries() {
        let expectations = Expectations()
        let ringer = AsyncStream.makeStream(of: Void.self).continuation
        expectations.ring(ringer)
        expectations.expect("a")
        let tries = (0..<20).map { _ in expectations.miss() }
        #expect(tries.prefix(CRIBounds.tries - 1) == (1..<CRIBounds.tries).map { $0 }[...])
        #expect(tries.dropFirst(CRIBounds.tries - 1).allSatisfy { $0 == nil })
    }

    @Test func theYoungestSaysHowLongToWait() {
        let expectations = Expectations()
        let ringer = AsyncStream.makeStream(of: Void.self).continuation
        expectations.ring(ringer)
        expectations.expect("a")
        _ = expectations.miss()
        _ = expectations.miss()
        expectations.expect("b")
        #expect(expectations.miss() == 1)
    }

    @Test func areForgottenWhileNobodyAsks() {
        let expectations = Expectations()
        expectations.expect("a")
        #expect(!expectations.anyLack { _ in false })
        let ringer = AsyncStream.makeStream(of: Void.self).continuation
        expectations.ring(ringer)
        expectations.expect("b")
        expectations.ring(nil)
        #expect(!expectations.anyLack { _ in false })
    }

    @Test func areNeverTooMany() {
        let expectations = Expectations()
        let ringer = AsyncStream.makeStream(of: Void.self).continuation
        expectations.ring(ringer)
        for number in 0...CRIBounds.expected { expectations.expect("\(number)") }
        var count = 0
        _ = expectations.anyLack { _ in
            count += 1
            return false
        }
        #expect(count == CRIBounds.expected)
    }
}
#endif
