import Addressing
import Graph
import Layout
import Terminal
import Testing

@testable import Dashboard

@Suite("Health view")
struct HealthViewTests {
    private func full(hostile: String = "") -> Snapshot {
        var snapshot = Example.snapshot(Example.flows, origin: .host(name: "node-a", interfaces: []))
        snapshot.inventory = Example.inventory(6)
        Example.edges(6, in: &snapshot)
        var end = TunnelEnd(IPAddress.v4(IPv4Address(bits: 0xc000_0207)), at: Example.end)
        let carriage = Carriage(
            source: end.address,
            destination: end.address,
            tunnel: "wireguard\(hostile)",
            isEncrypted: true
        )
        end.note(carriage, from: Example.end, to: Example.end)
        snapshot.graph = GraphPicture(
            endpoints: snapshot.graph.endpoints,
            edges: snapshot.graph.edges,
            tunnelEnds: [end.address: end],
            minutes: [],
            folding: GraphFolding()
        )
        snapshot.time = Example.end
        snapshot.remarks = ["podman: no socket\(hostile)"]
        var health = SnapshotHealth()
        health.interfaces = ["veth53\(hostile)", "br-shop", "vxlan42"]
        health.started = Timestamp(nanoseconds: Example.end.nanoseconds - 10_000_000_000)
        (health.packets, health.bytes, health.dropped, health.droppedByInterface) = (1_200_000, 900_000_000, 12, 0)
        (health.unread, health.flows, health.truncated, health.malformed) = (65_536, 11_204, 3, 0)
        (health.residentBytes, health.threads, health.descriptors, health.processor) = (84_000_000, 9, 61, 0.07)
        health.version = "0.4.0"
        health.leftOut = ["HTTP paths of new flows"]
        health.tables = [
            .init(name: "flows", count: 950, limit: 1000), .init(name: "fragments", count: 1, limit: 4096),
            .init(name: "sightings", count: 12, limit: nil),
        ]
        health.store = .init(
            path: "/var/lib/portolan/portolan.db",
            fault: "disk full",
            written: 10_000,
            lost: 7,
            waiting: 3
        )
        snapshot.health = health
        return snapshot
    }

    private func expect(
        _ name: String,
        _ snapshot: Snapshot,
        _ width: Int = 80,
        _ height: Int = 24,
        glyphs: GlyphSet = .unicode,
        isStyled: Bool = false,
        figures: LayoutFigures? = nil
    ) throws {
        var view = HealthView()
        view.figures = figures
        view.milliseconds = figures == nil ? nil : 0.9
        let theme = Theme(background: .dark)
        try Screen.expect("health-\(name)", width, height, glyphs: glyphs, theme: theme, isStyled: isStyled) {
            grid,
            area in
            view.draw(snapshot, on: &grid, in: area)
        }
    }

    @Test func drawsWhatIsKnownAndWhatIsNot() throws {
        var figures = LayoutFigures()
        (figures.rows, figures.edgesDrawn, figures.edgesDocked, figures.gaps, figures.merges) = (28, 30, 88, 2, 14)
        try expect("unknown", Example.snapshot())
        try expect("80", full(), figures: figures)
        try expect("120", full(), 120, 40, figures: figures)
        try expect("200", full(), 200, 60, figures: figures)
        try expect("narrow", full(), 40, 30)
        try expect("ascii", full(), glyphs: .ascii)
        try expect("colours", full(), 100, 20, isStyled: true)
        try expect("hostile", full(hostile: Example.hostile))
    }

    @Test func whatIsNotKnownIsNeverZero() {
        var view = HealthView()
        let lines = Screen.lines(120, 40) { grid, area in view.draw(Example.snapshot(), on: &grid, in: area) }
        for name in ["capture", "kernel", "frames", "process"] {
            let line = lines.first { $0.hasPrefix(" \(name)") } ?? ""
            #expect(line.contains("not known"))
            #expect(!line.contains(" 0"))
        }
    }

    @Test func namesHostsWhoseTrafficIsEncrypted() {
        var view = HealthView()
        let lines = Screen.lines(120, 40) { grid, area in view.draw(full(), on: &grid, in: area) }
        #expect(lines.contains { $0.contains("192.0.2.7 carries encrypted packets (wireguard): contents not seen") })
    }

    @Test func scrollsToItsEndAndNoFurther() {
        var view = HealthView()
        func draw() -> [String] { Screen.lines(80, 6) { grid, area in view.draw(full(), on: &grid, in: area) } }
        let top = draw()
        #expect(view.handle(.character("G"), []) == .taken)
        let bottom = draw()
        #expect(bottom != top)
        #expect(bottom.contains { $0.contains("sightings") })
        _ = view.handle(.down, [])
        #expect(draw() == bottom)
        _ = view.handle(.character("g"), [])
        #expect(draw() == top)
        #expect(view.handle(.character("q"), []) == .ignored)
    }
}
