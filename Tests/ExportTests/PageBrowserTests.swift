import Evidence
import Foundation
import Graph
import Layout
import Testing

@testable import Export

/// The page in a real Chromium, in a network namespace without a network. Serialized: each browser takes a few hundred megabytes.
@Suite("Page in Chromium", .serialized, .enabled(if: Tool.hasChromium && Tool.hasPython))
struct PageBrowserTests {
    struct Visit {
        let title: String
        let results: [Any]
        let requests: [String]
        let blocked: [String]
        let complaints: [String]
        let errors: [Any]
        let loaded: Int
    }

    /// Opens a page and takes the steps of Tests/Tools/page.py.
    private func visit(_ page: [UInt8], _ steps: [String]) throws -> Visit {
        let script = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Tools/page.py")
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appendingPathComponent("portolan-\(UUID().uuidString).html")
        try Data(page).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [script.path, file.path] + steps
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let told = try #require(JSONSerialization.jsonObject(with: output) as? [String: Any])
        return Visit(
            title: told["title"] as? String ?? "",
            results: try #require(told["results"] as? [Any]),
            requests: try #require(told["requests"] as? [String]),
            blocked: try #require(told["blocked"] as? [String]),
            complaints: try #require(told["complaints"] as? [String]),
            errors: try #require(told["errors"] as? [Any]),
            loaded: told["loaded"] as? Int ?? 0
        )
    }

    private static let visibleEdges = "[...document.querySelectorAll('#edges tbody tr')].filter(t => !t.hidden).length"

    @Test func searchesAndShowsTheDetailsOfAnEdge() throws {
        let picture = Picture.shop
        let crossing = "g.line.crossing"
        let visit = try visit(
            picture.page,
            [
                Self.visibleEdges, "type:redis-cart", Self.visibleEdges,
                "document.querySelector('#service_2_shop_2fvault').classList.contains('dim')",
                "document.querySelector('#service_1_shop_2fredis_2dcart').classList.contains('dim')",
                "document.getElementById('found').textContent",
                "document.getElementById('search').value = ''; "
                    + "document.getElementById('search').dispatchEvent(new Event('input')); "
                    + Self.visibleEdges,
                "click:\(crossing)", "document.querySelector('#details h2').textContent",
                "document.querySelector('#details tbody').textContent",
                "document.querySelector('#service_2_shop_2fvault').classList.contains('dim')",
                "click:#service_2_shop_2fpg_2dorders .name",
                "document.querySelectorAll('#details tbody tr').length",
            ]
        )
        let edges = picture.graph.edges
        #expect(visit.results[0] as? Int == edges.count)
        let ofCart = edges.filter {
            $0.key.source == Shop.key("redis-cart") || $0.key.destination == Shop.key("redis-cart")
        }
        #expect(visit.results[1] as? Int == ofCart.count && ofCart.count > 1)
        #expect(visit.results[2] as? Bool == true && visit.results[3] as? Bool == false)
        #expect(visit.results[4] as? String == "\(ofCart.count) of \(edges.count) edges")
        #expect(visit.results[5] as? Int == edges.count)
        #expect(visit.results[6] as? String == "ads → pg-orders")
        let details = try #require(visit.results[7] as? String)
        #expect(details.contains("5432") && details.contains("248k") && details.contains("undeclared crossing"))
        // The pointer is on the line, so all else is dim.
        #expect(visit.results[8] as? Bool == true)
        let ofOrders = edges.filter {
            $0.key.source == Shop.key("pg-orders") || $0.key.destination == Shop.key("pg-orders")
        }
        #expect(visit.results[9] as? Int == ofOrders.count)
        #expect(visit.requests.isEmpty && visit.errors.isEmpty && visit.loaded > 0)
        #expect(visit.complaints.isEmpty, "\(visit.complaints)")
    }

    @Test func zoomsPansAndSorts() throws {
        let box = "document.querySelector('svg.chart').getAttribute('viewBox')"
        let first = "document.querySelector('#edges tbody tr td:nth-child(5)').textContent"
        let visit = try visit(
            Picture.shop.page,
            [
                box, "click:button[data-key='+']", box,
                "document.getElementById('figure').dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight'})); "
                    + box,
                "click:button[data-key='0']", box,
                "click:#edges th:nth-child(5) button", "click:#edges th:nth-child(5) button", first,
                "document.querySelector('#edges th:nth-child(5)').ariaSort",
            ]
        )
        let boxes = visit.results.prefix(4).compactMap { $0 as? String }
        #expect(boxes.count == 4 && Set(boxes.prefix(3)).count == 3 && boxes[0] == boxes[3])
        #expect(visit.results[4] as? String == "72M" && visit.results[5] as? String == "descending")
        #expect(visit.errors.isEmpty)
    }

    @Test func runsAndFetchesNothingOfAttackersNames() throws {
        let visit = try visit(
            Picture.hostile.page,
            [
                "wait", "typeof owned", "document.images.length + document.scripts.length", "type:<img src=x",
                "document.getElementById('found').textContent", "click:g.row .name",
                "document.querySelectorAll('#details tbody tr').length > 0",
                "document.querySelectorAll('[onerror],[onload],a,base,iframe').length",
            ]
        )
        #expect(visit.title.contains("<script>alert(1)</script>"))
        #expect(visit.results[1] as? Int == 1)
        #expect((visit.results[2] as? String)?.hasSuffix("of \(Picture.hostile.graph.edges.count) edges") == true)
        #expect(visit.results[3] as? Bool == true && visit.results[4] as? Int == 0)
        #expect(visit.requests.isEmpty && visit.errors.isEmpty)
        #expect(visit.complaints.isEmpty, "\(visit.complaints)")
    }

    @Test func aReportShowsAllOfItAndNeedsNothing() throws {
        let picture = Picture.hostile
        let chart = ReportPage.Chart(graph: picture.graph, layout: picture.layout, caption: ChartCaption())
        let page = ReportPage.text(of: ReportWriterTests.hostile, chart: chart, width: Picture.width)
        let visit = try visit(
            page,
            [
                "wait", "typeof owned", "document.images.length + document.scripts.length",
                "[...document.querySelectorAll('nav a')].filter(a => document.querySelector(a.hash)).length",
                "document.querySelector('svg.chart').getBoundingClientRect().width > 300",
                "document.documentElement.scrollWidth <= window.innerWidth",
                "document.querySelectorAll('[onerror],[onload],base,iframe,link,img').length",
            ]
        )
        #expect(visit.results[0] as? String == "undefined" && visit.results[1] as? Int == 0)
        #expect(visit.results[2] as? Int == ReportTopic.allCases.count)
        #expect(visit.results[3] as? Bool == true && visit.results[4] as? Bool == true)
        #expect(visit.results[5] as? Int == 0)
        #expect(visit.title.hasPrefix("NIST SP 800-190 evidence"))
        #expect(visit.requests.isEmpty && visit.errors.isEmpty && visit.loaded > 0)
        #expect(visit.complaints.isEmpty, "\(visit.complaints)")
    }

    /// That the policy forbids, and that the test would see it.
    @Test func refusesScriptsAndRequestsThatSomebodyPutsIn() throws {
        let page = Picture.shop.page.text.replacing(
            "</header>",
            with: "</header><script>document.title='owned'</script><img src='http://192.0.2.1/x'>"
        )
        let visit = try visit(Array(page.utf8), ["wait"])
        #expect(visit.title.hasPrefix("portolan"))
        #expect(visit.complaints.count { $0.contains("Content Security Policy") } >= 2)
        // It was wanted, and went nowhere.
        #expect(visit.requests == ["http://192.0.2.1/x"] && visit.blocked == ["csp"])
    }
}
