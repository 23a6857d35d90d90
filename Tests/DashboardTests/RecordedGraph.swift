import Foundation
import Graph
import Records

/// Graphs of real packets: what `portolan replay --graph` made of a capture of ours.
enum RecordedGraph: String, CaseIterable {
    case shop = "shop/shop-any"
    case tenants = "tenants/tenants"
    case fiftyPods = "pods/pods-50"
    case fiveHundredPods = "pods/pods-500"

    /// The file's name without what a text file's name may not have.
    var name: String { rawValue.split(separator: "/").last.map(String.init) ?? rawValue }

    /// Empty where it cannot be read, which a test refuses.
    var picture: GraphPicture {
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 1...3 { folder.deleteLastPathComponent() }
        let file = folder.appending(path: "Captures/\(rawValue).graph.json")
        let bytes = Array((try? Data(contentsOf: file)) ?? Data())
        let told = try? ToldGraph(reading: bytes.span)
        return told?.picture ?? GraphPicture(endpoints: [:], edges: [:], minutes: [], folding: GraphFolding())
    }
}

/// How many services each end of a graph asks and is asked for, fewest first.
struct GraphDegrees: Equatable {
    var asks: [Int] = []
    var asked: [Int] = []

    init(_ picture: GraphPicture) {
        var counts: [EndpointKey: (Int, Int)] = [:]
        for key in picture.edges.keys {
            counts[key.source, default: (0, 0)].0 += 1
            counts[key.destination, default: (0, 0)].1 += 1
        }
        let sorted = counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value < $1.value }
        asks = sorted.map(\.value.0)
        asked = sorted.map(\.value.1)
    }
}
