import Testing

@testable import Graph

@Suite("Choice of the folding")
struct FoldingChoiceTests {
    /// Equal namespaces, each with a web that calls its cart.
    private func equal(_ count: Int) -> Shop {
        var shop = Shop()
        for number in 0..<count { shop.call(Shop.pod("n\(number)", "web"), Shop.pod("n\(number)", "cart")) }
        return shop
    }

    @Test func beginsAtServiceEvenWhereEndsWouldFit() {
        var folder = equal(1).folder
        #expect(folder.finest(FoldView(), rows: 100) == Folding(.service))
    }

    @Test func isARoleWhereNamespacesAreEqual() {
        var folder = equal(45).folder
        #expect(folder.finest(FoldView(), rows: 9) == Folding(.role))
        // Even where that does not fit: by namespace not one line would be left.
        #expect(folder.finest(FoldView(), rows: 1) == Folding(.role, joinsTwins: true))
    }

    @Test func isANamespaceWhereAThirdOfTheEdgesCross() {
        var shop = Shop()
        for number in 0..<20 {
            shop.call(Shop.pod("a", "s\(number)"), Shop.pod("b", "t\(number)"))
            shop.call(Shop.pod("a", "s\(number)"), Shop.pod("a", "u\(number)"))
        }
        var folder = shop.folder
        #expect(folder.crossingShare(of: folder.fold(FoldView()), at: .namespace) == 0.5)
        #expect(folder.finest(FoldView(), rows: 9) == Folding(.namespace))
        #expect(folder.finest(FoldView()) { $0.edges.count <= 10 ? .whole : .no } == Folding(.namespace))
    }

    @Test func waitsUntilAFitHasFailedForFiveSeconds() {
        var choice = FoldingChoice()
        func step(_ second: Int64, _ isFitting: Bool, key: Int64? = nil, _ rung: Rung) -> Rung {
            choice.next(at: Shop.time(second), lastKey: key.map(Shop.time), isFitting: isFitting) { Folding(rung) }.rung
        }
        #expect(step(0, true, .service) == .service)
        #expect(step(10, false, .role) == .service)
        #expect(step(13, true, .role) == .service)
        #expect(step(14, false, .role) == .service)
        #expect(step(18, false, .role) == .service)
        // Somebody pressed a key not long ago.
        #expect(step(19, false, key: 10, .role) == .service)
        #expect(step(20, false, key: 10, .role) == .role)
        // It fits: finer only after half a minute.
        #expect(step(40, true, .service) == .role)
        #expect(step(50, true, .service) == .service)
        choice.reset()
        #expect(step(51, true, key: 51, .namespace) == .namespace)
    }

    @Test func whatDidNotHelpIsTriedAgainAfterHalfAMinute() {
        var choice = FoldingChoice()
        var asked = 0
        func step(_ second: Int64) {
            _ = choice.next(at: Shop.time(second), lastKey: nil, isFitting: false) {
                asked += 1
                return Folding(.role)
            }
        }
        for second in 0...60 { step(Int64(second)) }
        // At once, after 5 s, and after half a minute.
        #expect(asked == 3)
    }

    @Test func rowsThatFitAreBetterThanColumns() {
        var folder = equal(45).folder
        #expect(folder.finest(FoldView()) { _ in .high } == Folding(.service))
        #expect(folder.finest(FoldView()) { $0.rows.count < 9 ? .high : .no } == Folding(.role))
    }

    @Test func takesAClockThatIsSetBack() {
        var choice = FoldingChoice()
        #expect(
            choice.next(at: Shop.time(100), lastKey: nil, isFitting: true) { Folding(.service) } == Folding(.service)
        )
        #expect(choice.next(at: Shop.time(101), lastKey: nil, isFitting: false) { Folding(.role) } == Folding(.service))
        #expect(
            choice.next(at: Shop.time(1), lastKey: Shop.time(101), isFitting: false) { Folding(.role) }
                == Folding(.service)
        )
        #expect(choice.next(at: Shop.time(6), lastKey: nil, isFitting: false) { Folding(.role) } == Folding(.role))
    }
}
