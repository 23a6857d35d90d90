import Addressing
import Containers
import Wire

@testable import Records

extension FilteredFlow {
    /// Someone outside asks the web server of a pod by a published port, over a bridge.
    static var shop: Self {
        var flow = FilteredFlow()
        flow.source.address = IPAddress(text: "192.0.2.9")
        flow.source.port = 40_000
        flow.destination.address = IPAddress(text: "10.88.0.4")
        flow.destination.port = 8080
        flow.destination.shownAddress = IPAddress(text: "198.51.100.7")
        flow.destination.shownPort = 80
        flow.destination.bridge = "cni0"
        flow.destination.container = web
        flow.protocolNumber = 6
        flow.application = .http
        flow.direction = .ingress
        return flow
    }

    /// One pod asks another's name server in an overlay, over IPv6.
    static var overlay: Self {
        var flow = FilteredFlow()
        flow.source.address = IPAddress(text: "fd00:10::4")
        flow.source.port = 40_000
        flow.source.container = web
        flow.destination.address = IPAddress(text: "fd00:10::5")
        flow.destination.port = 53
        flow.destination.candidates = [ContainerKey(identifier: identifier("b"), generation: 1)]
        for end in [\FilteredFlow.source, \.destination] { flow[keyPath: end].segment = 42 }
        flow.protocolNumber = 17
        flow.application = .dns
        flow.direction = .internal
        return flow
    }

    static func identifier(_ digit: Character) -> String { String(repeating: digit, count: 64) }

    static var web: Container {
        var container = Container(key: ContainerKey(identifier: identifier("a"), generation: 1))
        container.description.name = "web-1"
        container.description.image = "docker.io/library/nginx:1.27"
        container.description.labels = ["app": "shop", "tier": "front end", "empty": ""]
        container.description.pod = "cart"
        container.description.podNamespace = "shop"
        return container
    }
}
