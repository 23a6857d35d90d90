import Addressing
import Terminal

@testable import Dashboard

/// A screen of 120 by 40 at the end of the shop's time, and keys for it.
protocol ShopScreen {}

extension ShopScreen {
    var now: Timestamp { ShopPicture.time(ShopPicture.last) }

    /// What it shows, line by line.
    @discardableResult
    func draw(_ dashboard: inout Dashboard) -> [String] {
        var grid = CellGrid(width: 120, height: 40)
        dashboard.draw(on: &grid, at: now)
        return grid.lines
    }

    /// Presses one key after the other, of which `^` is escape, and gives all that was asked for.
    @discardableResult
    func press(_ keys: String, _ dashboard: inout Dashboard) -> [DashboardRequest] {
        var requests: [DashboardRequest] = []
        for key in keys {
            let key: Key = key == "\n" ? .enter : key == "^" ? .escape : key == "\t" ? .tab : .character(key)
            requests += dashboard.handle(.key(key, []), at: now)
            draw(&dashboard)
        }
        return requests
    }
}
