import Testing

@testable import Graph

@Suite("Choice of the rung")
struct RungChoiceTests {
    /// Equal namespaces, each with a web that calls its cart.
    private func equal(_ count: Int) -> Shop {
        var shop = Shop()
        for number in 0..<count { shop.call(Shop.pod("n\(number)", "web"), Shop.pod("n\(number)", "cart")) }
        return shop
    }

    @Test func beginsAtServiceEvenWhereEndsWouldFit() {
        var folder = equal(1).folder
        #expect(folder.finest(FoldView(), rows: 100) == .service)
    }

    @Test func isARoleWhereNamespacesAreEqual() {
        var folder = equal(45).folder
        #expect(folder.finest(FoldView(), rows: 9) == .role)
        // Even where that does not fit: by namespace not one line would be left.
        #expect(folder.finest(FoldView(), rows: 1) == .role)
    }

    @Test func isANamespaceWhereAThirdOfTheEdgesCross() {
        var shop = Shop()
        for number in 0..<20 {
            shop.call(Shop.pod("a", "s\(number)"), Shop.pod("b", "t\(number)"))
            shop.call(Shop.pod("a", "s\(number)"), Shop.pod("a", "u\(number)"))
        }
        var folder = shop.folder
        #expect(folder.crossingShare(of: folder.fold(FoldView()), at: .namespace) == 0.5)
        #expect(folder.finest(FoldView(), rows: 9) == .namespace)
        #expect(folder.finest(FoldView()) { $0.edges.count <= 20 } == .namespace)
    }

    @Test func waitsUntilAFitHasFailedForFiveSeconds() {
        var choice = RungChoice()
        func step(_ second: Int64, _ isFitting: Bool, key: Int64? = nil, _ rung: Rung) -> Rung {
            choice.next(at: Shop.time(second), lastKey: key.map(Shop.time), isFitting: isFitting) { rung }
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

    @Test func takesAClockThatIsSetBack() {
        var choice = RungChoice()
        #expect(choice.next(at: Shop.time(100), lastKey: nil, isFitting: true) { .service } == .service)
        #expect(choice.next(at: Shop.time(101), lastKey: nil, isFitting: false) { .role } == .service)
        #expect(choice.next(at: Shop.time(1), lastKey: Shop.time(101), isFitting: false) { .role } == .service)
        #expect(choice.next(at: Shop.time(6), lastKey: nil, isFitting: false) { .role } == .role)
    }
}
