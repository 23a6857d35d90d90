import Addressing
import Flows
import Graph
import Records
import Terminal
import Testing

@testable import Dashboard

/// The ways from an alert to the rest.
@Suite("Keys for alerts")
struct AlertKeyTests: ShopScreen {
    private func shop(_ change: (inout Snapshot) -> Void = { _ in }) -> Dashboard {
        var dashboard = Dashboard()
        var snapshot = Snapshot(origin: .files(["shop.pcapng"]), time: now, graph: ShopPicture.corner)
        snapshot.alerts = ShopPicture.alerts
        change(&snapshot)
        dashboard.take(snapshot)
        draw(&dashboard)
        return dashboard
    }

    private func name(_ dashboard: Dashboard) -> String? {
        dashboard.chart.choices.focus.last.flatMap { dashboard.chart.row($0)?.name }
    }

    @Test func theViewHasAKeyAndACommand() {
        var dashboard = shop()
        press("4", &dashboard)
        #expect(dashboard.screen == .alerts)
        press("1:alerts\n", &dashboard)
        #expect(dashboard.screen == .alerts)
        #expect(draw(&dashboard).first?.contains("4:Alerts") == true)
        press("^", &dashboard)
        #expect(dashboard.screen == .chart)
    }

    @Test func detailsTellAllAndLeadToWhoAndToWhom() throws {
        var dashboard = shop()
        press("4G\n", &dashboard)
        let alert = try #require(dashboard.alerts.selected)
        #expect(alert.rule == "crossing.undeclared")
        let lines = draw(&dashboard)
        for text in [
            alert.message, "high, 80 of 100", "T1046", "loss        not known", "shop/ads:4", "shop-pg-orders-1",
        ] {
            #expect(lines.contains { $0.contains(text) }, "\(text)")
        }
        press("c", &dashboard)
        #expect(dashboard.overlay == nil)
        #expect(dashboard.screen == .chart)
        #expect(name(dashboard)?.contains("ads") == true)
        let edge = try #require(dashboard.chart.chosenEdge)
        #expect(edge.isCrossing)
        #expect(dashboard.chart.choices.isOnCallees)
        press("4C", &dashboard)
        #expect(name(dashboard)?.contains("pg-orders") == true)
        #expect(dashboard.chart.chosenEdge?.key == edge.key)
        #expect(!dashboard.chart.choices.isOnCallees)
    }

    @Test func whoIsNotThereIsSaid() {
        var dashboard = shop {
            let end = AlertRecord.End(Example.address("192.0.2.99"))
            $0.alerts = [Example.alert("scan.vertical", "", 70, ago: 1, of: end, "")]
        }
        press("4c", &dashboard)
        #expect(dashboard.screen == .alerts)
        #expect(dashboard.message?.text == "192.0.2.99 is not on the chart now")
        press("C", &dashboard)
        #expect(dashboard.message?.text.contains("nobody") == true)
        press("e", &dashboard)
        #expect(dashboard.message?.text.contains("no flows") == true)
    }

    @Test func packetsAreAskedForByEndsEvidenceAndTime() throws {
        var dashboard = shop {
            $0.alerts[0].first = ShopPicture.time(ShopPicture.last - 200)
            $0.alerts[0].last = ShopPicture.time(ShopPicture.last - 130)
            $0.alerts[0].evidence = [FlowIdentifier(bits: 7)]
        }
        let alert = ShopPicture.alerts[0]
        let subject = PacketChoice.Subject.alert(
            source: alert.source.address,
            destination: alert.destination?.address,
            flows: [FlowIdentifier(bits: 7)]
        )
        let start = (ShopPicture.last - 200) * 1_000_000_000
        let span = start..<(start + 70_000_000_001)
        let over = press("4G\np", &dashboard)
        #expect(over == [.packets(PacketChoice(number: 1, subject: subject, span: span))])
        #expect(
            draw(&dashboard).contains {
                $0.contains("packets of crossing.undeclared shop-ads-1 ► shop-pg-orders-1")
            }
        )
        let closed = press("^p", &dashboard)
        #expect(closed == [.noPackets, .packets(PacketChoice(number: 2, subject: subject, span: span))])
    }

    @Test func timesWithoutEndAskForNoMoreThanThereIs() {
        var dashboard = shop { snapshot in
            snapshot.alerts = snapshot.alerts.map { alert in
                var alert = alert
                alert.last = Timestamp(nanoseconds: .max)
                return alert
            }
        }
        let requests = press("4p", &dashboard)
        guard case .packets(let choice)? = requests.first else {
            Issue.record("p asks for packets")
            return
        }
        #expect(choice.span?.upperBound == .max)
    }

    @Test func evidenceIsListedWhateverIsFilteredAndEscGoesBack() {
        var dashboard = shop {
            $0.flows = Example.flows
            $0.alerts = Example.alerts()
        }
        dashboard.setFilter("debug-7f9c")
        press("4e", &dashboard)
        #expect(dashboard.screen == .flows)
        #expect(Set(dashboard.flows.table.ids) == Set(Example.evidence))
        #expect(!Example.evidence.isEmpty)
        #expect(draw(&dashboard).contains { $0.contains("evidence of scan.vertical") })
        press("^", &dashboard)
        #expect(dashboard.screen == .alerts)
        #expect(dashboard.alerts.selected?.rule == "scan.vertical")
        press("2", &dashboard)
        #expect(dashboard.flows.evidence == nil)
    }

    @Test func evidenceThatIsForgottenIsSaidToBe() {
        var dashboard = shop {
            $0.alerts = [Example.alerts()[3]]
            $0.flows = Array(Example.flows.filter { !Example.evidence.contains($0.identifier) }.prefix(3))
        }
        press("4e", &dashboard)
        #expect(draw(&dashboard).contains { $0.contains("None of the \(Example.evidence.count) flows is remembered") })
        press("4\n", &dashboard)
        #expect(draw(&dashboard).contains { $0.contains("not remembered here any more") })
    }

    @Test func theRecordIsTheOneThatIsTold() {
        var dashboard = shop()
        press("4y", &dashboard)
        guard case .json(let pane) = dashboard.overlay else {
            Issue.record("y shows the record")
            return
        }
        #expect(pane.text.contains(#""rule":{"id":"listener.new""#))
        #expect(pane.text.contains(#""severity":30"#))
    }

    @Test func nGoesFromAlertToAlertAndSelectsWhoDoesIt() throws {
        var dashboard = shop()
        press("n", &dashboard)
        #expect(dashboard.message?.text.contains("tried port 22") == true)
        let debug = try #require(dashboard.chart.row(dashboard.chart.choices.selection))
        #expect(debug.name.contains("debug"))
        press("n", &dashboard)
        #expect(dashboard.message?.text.contains("smtp.example") == true)
        press("NN", &dashboard)
        // One that is not severe is passed over.
        #expect(dashboard.message?.text.contains("shop-pg-orders-1") == true)
        var quiet = shop { $0.alerts = [] }
        press("n", &quiet)
        #expect(quiet.message?.text == "no alerts")
    }
}
