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

    /// A resolver and a scraper have edges with all, and they are drawn in the dock.
    @Test func hubsDoNotMakeNamespacesWorthDrawing() {
        var shop = Shop()
        for number in 0..<20 {
            let pod = Shop.pod("a", "s\(number)")
            shop.call(pod, Shop.pod("a", "s\((number + 1) % 20)"))
            shop.call(pod, Shop.pod("kube-system", "coredns"), 53)
            shop.call(Shop.pod("monitoring", "prometheus"), pod, 9100)
        }
        var folder = shop.folder
        #expect(folder.crossingShare(of: folder.fold(FoldView()), at: .namespace) == 0)
        #expect(folder.finest(FoldView(), rows: 9).rung < .namespace)
    }

    @Test func waitsUntilAFitHasFailedForFiveSeconds() {
        var choice = FoldingChoice()
        func step(_ second: Int64, _ isFitting: Bool, key: Int64? = nil, _ rung: Rung) -> Rung {
            choice.settled(second, isFitting, key: key, rung)
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
            guard choice.isDue else { return }
            asked += 1
            let isOther = choice.answer(Folding(.role), at: Shop.time(second))
            #expect(!isOther)
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
        let drawn = [
            choice.settled(100, true, .service), choice.settled(101, false, .role),
            choice.settled(1, false, key: 101, .role), choice.settled(6, false, .role),
        ]
        #expect(drawn == [.service, .service, .service, .role])
    }

    @Test func whatIsDrawnStaysUntilAnAnswerHasCome() {
        var choice = FoldingChoice()
        _ = choice.settled(0, true, .service)
        _ = choice.next(at: Shop.time(1), lastKey: nil, isFitting: false) { Folding(.role) }
        for second in 6...20 {
            let drawn = choice.next(at: Shop.time(Int64(second)), lastKey: nil, isFitting: false) { Folding(.role) }
            #expect(drawn == Folding(.service))
            #expect(choice.isDue)
        }
        // A key was pressed meanwhile: whoever looks for it stops.
        _ = choice.next(at: Shop.time(21), lastKey: Shop.time(21), isFitting: false) { Folding(.role) }
        #expect(!choice.isDue)
    }

    @Test(arguments: [1, 9, 40, 100])
    func stepByStepItIsTheSameFolding(rows: Int) {
        for shop in [equal(1), equal(45)] {
            var (whole, stepped) = (shop.folder, shop.folder)
            var search = FinestSearch(FoldView())
            var (steps, found) = (0, Folding?.none)
            while found == nil {
                found = search.step(&stepped) { $0.rows.count <= rows ? .whole : .no }
                steps += 1
            }
            let expected = whole.finest(FoldView(), rows: rows)
            #expect(found == expected)
            #expect(steps <= 7)
        }
    }
}

extension FoldingChoice {
    /// The rung that is drawn after what was due has been looked for and found.
    fileprivate mutating func settled(_ second: Int64, _ isFitting: Bool, key: Int64? = nil, _ rung: Rung) -> Rung {
        let now = Shop.time(second)
        let drawn = next(at: now, lastKey: key.map(Shop.time), isFitting: isFitting) { Folding(rung) }
        guard isDue else { return drawn.rung }
        _ = answer(Folding(rung), at: now)
        return rung
    }
}
