import Addressing
import Graph
import Terminal
import Testing

@testable import Dashboard

/// What the chart looks like, in every state.
@Suite("Screens of the chart")
struct ChartScreenTests {
    private func dashboard(_ picture: GraphPicture = ShopPicture.picture(), glyphs: GlyphSet = .unicode) -> Dashboard {
        var dashboard = Dashboard(DashboardSettings(glyphs: glyphs))
        dashboard.take(snapshot(picture))
        return dashboard
    }

    private func snapshot(_ picture: GraphPicture) -> Snapshot {
        Snapshot(origin: .files(["shop.pcapng"]), time: ShopPicture.time(ShopPicture.last), graph: picture)
    }

    private func press(_ keys: String, _ dashboard: inout Dashboard) {
        for key in keys { _ = dashboard.handle(.key(.character(key), []), at: ShopPicture.time(ShopPicture.last)) }
    }

    @Test func theShop() throws {
        var dashboard = dashboard()
        try Screens.check(&dashboard, "chart-80x24")
        try Screens.check(&dashboard, "chart-120x40", width: 120, height: 40)
        try Screens.check(&dashboard, "chart-200x60", width: 200, height: 60)
        try Screens.check(&dashboard, "chart-narrow", width: 60)
    }
}
