import Addressing
import Containers
import Testing

@testable import Graph

@Suite("Folding by rung")
struct FoldLadderTests {
    /// Two shops with the same services, a database, and somebody outside.
    private var shop: Shop {
        var shop = Shop()
        for space in ["blue", "green"] {
            for ordinal in 0..<3 {
                shop.call(Shop.outside("198.51.100.\(ordinal)"), Shop.pod(space, "web", ordinal), 443)
                shop.call(Shop.pod(space, "web", ordinal), Shop.pod(space, "cart", 0))
            }
        }
        shop.call(Shop.pod("blue", "web"), Shop.compose("db", "pg"), 5432)
        shop.call(Shop.pod("green", "cart"), Shop.outside("api.pay.example"), 443)
        return shop
    }

    @Test func putsReplicasInOneRow() {
        let graph = shop.fold()
        #expect(
            graph.names == [
                "o 198.51.100.0/24×3", "blue/cart", "blue/web×3", "pg", "green/cart", "green/web×3", "o pay.example",
            ]
        )
        #expect(graph.edge("198.51.100.0/24", "blue/web")?.counts.bytes == 1800)
        #expect(graph.edge("198.51.100.0/24", "blue/web")?.members.count == 3)
    }

    @Test func leavesEndsAsTheyAreCalled() {
        let graph = shop.fold(FoldView(.end))
        #expect(graph.rows.count == 13 && graph.rows.allSatisfy { $0.members.count == 1 })
        #expect(graph.row("db-pg-1") != nil)
        // Pods of two namespaces have the same name here.
        #expect(graph.row("green/web-7d9c8b6f5d-x2k2q") != nil)
    }

    @Test func putsTheSameServiceOfAllNamespacesInOneRow() {
        let graph = shop.fold(FoldView(.role))
        #expect(graph.names == ["o 198.51.100.0/24×3", "cart×2", "o pay.example", "pg", "web×6"])
        #expect(graph.edge("web", "cart")?.counts.bytes == 3600)
    }

    @Test func tellsRolesOfOtherImagesApart() {
        var shop = Shop()
        shop.call(Shop.pod("a", "web", image: "x/web:1"), Shop.pod("b", "web", image: "y/web:1"))
        shop.call(Shop.pod("a", "web", image: "x/web:1"), Shop.pod("c", "web", image: "x/web:2"))
        #expect(shop.fold(FoldView(.role)).rows.map(\.members.count) == [2, 1])
    }

    @Test func putsNamespacesImagesSegmentsInOneRow() {
        #expect(
            shop.fold(FoldView(.namespace)).names == ["o internet×4", "blue×4", "db", "green×4"]
        )
        #expect(shop.fold(FoldView(.image)).row("web")?.members.count == 6)
        #expect(shop.fold(FoldView(.segment)).names == ["o internet×4", "pods×8", "db_default"])
        #expect(shop.fold(FoldView(.namespace)).row("blue")?.talksToItself == true)
    }

    @Test(arguments: Rung.allCases) func losesNoByteBetweenRows(rung: Rung) {
        let graph = shop.fold(FoldView(rung))
        let members = graph.edges.flatMap(\.members)
        let rowOf = Dictionary(uniqueKeysWithValues: graph.rows.flatMap { row in row.members.map { ($0, row.key) } })
        let between = shop.graph.edges.filter { rowOf[$0.key.source] != rowOf[$0.key.destination] }
        #expect(Set(members) == Set(between.keys) && members.count == between.count)
        #expect(graph.edges.reduce(0) { $0 + $1.counts.bytes } == between.values.reduce(0) { $0 + $1.counts.bytes })
        #expect(rowOf.count == shop.graph.endpoints.count)
        #expect(graph.rows.map(\.key) == graph.rows.map(\.key).sorted())
        #expect(graph.edges.map(\.key) == graph.edges.map(\.key).sorted())
    }

    @Test(arguments: Rung.allCases) func neverFoldsLevelsTogether(rung: Rung) {
        var shop = shop
        shop.levels = [EndpointKey(.container, "blue-web-0"): 0, EndpointKey(.container, "blue-web-1"): 2]
        for row in shop.fold(FoldView(rung)).rows {
            #expect(Set(row.members.map { shop.levels[$0] }).count == 1)
            #expect(row.level?.rank == shop.levels[row.members[0]] && row.key.level == row.level?.rank)
        }
        if rung == .service {
            #expect(shop.fold().names.filter { $0.contains("web") } == ["blue/web", "P web", "R web", "green/web×3"])
        }
    }

    @Test func findsServicesInWhateverMadeAContainer() {
        func workload(_ describe: (inout ContainerDescription) -> Void) -> [String?] {
            let work = Workload(Shop.end("c", describe).container, name: nil)
            return [work.namespace, work.service]
        }
        #expect(workload { $0.creator = "shop/cart" } == ["shop", "cart"])
        #expect(
            workload { $0.labels = ["com.docker.compose.project": "p", "com.docker.compose.service": "s"] } == [
                "p", "s",
            ]
        )
        #expect(
            workload {
                $0.creator = "stack_web"
                $0.labels = ["com.docker.stack.namespace": "stack"]
            } == ["stack", "web"]
        )
        #expect(workload { $0.creator = "web@2.service" } == [nil, "web"])
        #expect(
            workload {
                ($0.pod, $0.podNamespace, $0.creator) = ("b-28391230-x2k4p", "n", "job/backup-28391230")
            } == ["n", "backup"]
        )
        #expect(workload { ($0.pod, $0.podNamespace) = ("pg-0", "n") } == ["n", "pg"])
        #expect(workload { ($0.name, $0.image) = ("web-2", "nginx") } == [nil, "web"])
        #expect(workload { $0.image = "a/nginx:1" } == [nil, "nginx"])
        #expect(workload { _ in } == [nil, nil])
    }

    @Test func hasARowForEveryKindAtEveryRung() {
        var shop = Shop()
        for kind in EndpointKind.allCases where kind != .container {
            shop.call(
                Shop.pod("a", "web"),
                Endpoint(EndpointKey(kind, "10.1.2.3@vni 7"), address: .init("10.1.2.3"), at: Shop.time(0))
            )
        }
        for rung in Rung.allCases {
            let graph = shop.fold(FoldView(rung))
            #expect(graph.rows.reduce(0) { $0 + $1.members.count } == EndpointKind.allCases.count)
            #expect(graph.rows.allSatisfy { !$0.name.isEmpty && !$0.name.hasPrefix(":") })
        }
        #expect(
            Set(shop.fold(FoldView(.namespace)).rows.map(\.name)).isSuperset(of: ["host", "vni 7", "unknown", "others"])
        )
    }
}
