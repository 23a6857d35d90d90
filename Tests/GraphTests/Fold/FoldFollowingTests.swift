import Containers
import Testing

@testable import Graph

/// A folder remembers most of a frame for the next one.
@Suite("Folding a graph that grows")
struct FoldFollowingTests {
    /// The same numbers every time; which ones does not matter.
    private func roll(_ state: inout UInt64, _ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(sides))
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>, [Rung.end, .service, .role])
    func isAsIfAllHadComeAtOnce(seed: UInt64, rung: Rung) {
        var state = seed
        var shop = Shop()
        var followed = Folder()
        let view = FoldView(rung)
        for _ in 0..<40 {
            for _ in 0..<roll(&state, 6) {
                let source = Shop.pod("n\(roll(&state, 3))", "s\(roll(&state, 5))", roll(&state, 3))
                let destination = Shop.pod("n\(roll(&state, 3))", "t\(roll(&state, 3))", roll(&state, 2))
                // More ports than two rows have room for, so that some lose theirs.
                shop.call(source, destination, UInt16(1 + roll(&state, roll(&state, 2) == 0 ? 2 : 60)))
            }
            followed.take(shop.graph.picture)
            var fresh = Folder()
            fresh.take(shop.graph.picture)
            let (drawn, expected) = (followed.fold(view), fresh.fold(view))
            #expect(drawn == expected)
        }
        #expect(shop.graph.picture.edges.count > 50)
    }

    private func folded(_ folder: inout Folder) -> [String] { folder.fold(FoldView()).names }

    /// What is only known better of ends that are there already may come a frame later; who is new does not wait.
    @Test func patienceLosesNothing() {
        var shop = Shop()
        shop.call(Shop.pod("n", "web"), Shop.pod("n", "cart"))
        var folder = Folder()
        folder.take(shop.graph.picture, isPatient: true)
        #expect(folded(&folder) == ["cart", "web"])
        var renamed = Shop.pod("n", "web")
        renamed.container?.description.creator = "deployment/portal"
        shop.call(renamed, Shop.pod("n", "cart"))
        folder.take(shop.graph.picture, isPatient: true)
        #expect(folded(&folder) == ["cart", "web"])
        let isOther = folder.settle()
        #expect(isOther)
        #expect(folded(&folder).contains { $0.contains("portal") })
        let isOtherAgain = folder.settle()
        #expect(!isOtherAgain)
        shop.call(Shop.pod("n", "web"), Shop.pod("n", "pg"), 5432)
        folder.take(shop.graph.picture, isPatient: true)
        #expect(folded(&folder).contains { $0.contains("pg") })
    }
}
