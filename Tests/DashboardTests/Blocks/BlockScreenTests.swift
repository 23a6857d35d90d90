import Addressing
import Graph
import Records
import Terminal
import Testing

@testable import Dashboard

/// The whole screen with blocks on it.
@Suite("Screens with blocks")
struct BlockScreenTests {
    private let now = ShopPicture.time(ShopPicture.last)

    private func dashboard(glyphs: GlyphSet = .unicode, time: Timestamp = Example.end) throws -> Dashboard {
        var dashboard = Dashboard(DashboardSettings(glyphs: glyphs))
        var snapshot = Snapshot(
            origin: .agent(host: "node-a", socket: ""),
            time: time,
            graph: ShopPicture.corner
        )
        snapshot.blocks = try Example.blocks()
        dashboard.take(snapshot)
        return dashboard
    }

    private func press(_ keys: String, _ dashboard: inout Dashboard) -> [DashboardRequest] {
        var requests: [DashboardRequest] = []
        var grid = CellGrid(width: 80, height: 24)
        for key in keys {
            dashboard.draw(on: &grid, at: now)
            requests += dashboard.handle(.key(key == "\n" ? .enter : .character(key), []), at: now)
        }
        return requests
    }

    private let foresight = BlockForesight(
        lines: [
            "Stopped would be shop-ads-1.",
            "Caught is what goes to others on its bridge; to other bridges of this host; outside; to this host.",
            "Not caught is what goes from this host to it; from elsewhere to it.",
            "Note: IP below two VLAN tags is not seen.",
            "It stops at once, established connections among it, without telling either end.",
            "Of 123 known flows 1 would be cut:", "  shop-ads-1 to shop-pg-orders-1 tcp 5432 (3441 packets)",
        ],
        ways: [],
        refusal: nil
    )

    @Test func theViewAndItsDetails() throws {
        var view = try dashboard()
        _ = press("5jj", &view)
        try Screens.check(&view, "blocks-view-80x24")
        try Screens.check(&view, "blocks-view-120x40", width: 120, height: 40)
        _ = press("\n", &view)
        try Screens.check(&view, "blocks-details-80x24")
    }

    @Test(arguments: [GlyphSet.unicode, .ascii])
    func theSheet(glyphs: GlyphSet) throws {
        var sheet = try dashboard(glyphs: glyphs, time: now)
        guard case .blocks(let ask)? = press("j.b", &sheet).last else { throw Example.NoBlock() }
        sheet.take(BlockReply(ask.number, .preview(foresight)))
        try Screens.check(&sheet, "blocks-sheet-\(glyphs.rawValue)", glyphs: glyphs)
        try Screens.check(&sheet, "blocks-sheet-narrow-\(glyphs.rawValue)", width: 50, height: 14, glyphs: glyphs)
    }

    @Test func theSheetOfWhatIsLetGo() throws {
        var sheet = try dashboard()
        _ = press("5jjx", &sheet)
        try Screens.check(&sheet, "blocks-release-80x24")
    }
}
