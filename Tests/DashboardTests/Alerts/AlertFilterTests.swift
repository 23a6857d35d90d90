import Graph
import Records
import Terminal
import Testing

@testable import Dashboard

@Suite("Filter over alerts")
struct AlertFilterTests {
    private func rules(_ text: String) -> [String] {
        let words = AlertWords(text)
        return Example.alerts().filter { words.hold(of: $0) }.map(\.rule)
    }

    @Test func severityIsAWordOrANumber() {
        #expect(SeverityTerm("severity>=high")?.least == 70)
        #expect(SeverityTerm("Severity>=Critical")?.least == 90)
        #expect(SeverityTerm("severity>=33")?.least == 33)
        for wrong in ["severity>=", "severity>=hgih", "severity>=101", "severity>=-1", "severity=high", "high", ""] {
            #expect(SeverityTerm(wrong) == nil, "\(wrong)")
        }
        #expect(SeverityTerm.isMeant(by: "severity=high"))
        #expect(!SeverityTerm.isMeant(by: "cart"))
    }

    @Test func wordsStandInRulesSentencesNamesAndAddresses() {
        #expect(rules("scan") == ["scan.vertical"])
        #expect(rules("refused") == ["scan.vertical"])
        #expect(rules("payment") == ["crossing.undeclared"])
        #expect(rules("203.0.113") == ["flood.syn"])
        #expect(rules("shop/ads:4") == ["crossing.undeclared"])
        #expect(rules("frontend !flood") == ["plaintext.crossing", "scan.vertical"])
        #expect(rules("nobody").isEmpty)
    }

    @Test func severityAndWordsHoldTogether() {
        #expect(rules("severity>=high") == ["crossing.undeclared", "scan.vertical", "flood.syn"])
        #expect(rules("severity>=high frontend") == ["scan.vertical", "flood.syn"])
        #expect(rules("severity>=low severity>=90") == ["crossing.undeclared"])
    }

    @Test func severityHidesNothingOfOtherViewsAndAWrongOneChangesNothing() {
        let now = ShopPicture.time(ShopPicture.last)
        var dashboard = Dashboard()
        var snapshot = Snapshot(origin: .files(["shop.pcapng"]), time: now, graph: ShopPicture.corner)
        snapshot.alerts = ShopPicture.alerts
        dashboard.take(snapshot)
        dashboard.setFilter("severity>=high")
        #expect(dashboard.flows.isShown == nil)
        #expect(dashboard.alerts.isShown != nil)
        var grid = CellGrid(width: 120, height: 40)
        dashboard.draw(on: &grid, at: now)
        #expect(dashboard.chart.folded.edges.count == ShopPicture.corner.edges.count)
        dashboard.setFilter("severity>=hgih")
        #expect(dashboard.filter.text == "severity>=high")
        #expect(dashboard.message?.isFault == true)
        dashboard.setFilter("")
        #expect(dashboard.alerts.isShown == nil)
    }
}
