// What is asked of the lab's program, in its own words: Tests/LiveTests/Programs/lab/lab.py.
extension KernelLab {
    struct Route: Encodable {
        let `do` = "route"
        var port: UInt16
    }

    struct Stretch: Encodable {
        let `do` = "stretch"
        var vni: UInt32
        var port: UInt16
    }

    struct Start: Encodable {
        let `do` = "start"
        var specs: [Specification]
    }

    struct Stop: Encodable {
        let `do` = "stop"
        var names: [String]
    }

    struct Talk: Encodable {
        let `do` = "talk"
        var orders: [String: [Target]]
        var size: Int
        var `protocol`: Exchange.TransportProtocol
    }

    struct Forge: Encodable {
        let `do` = "forge"
        var pod: String
        var source: String
        var address: String
        var port: UInt16
        var count: Int
        var size: Int
    }

    struct ShoutOrder: Encodable {
        let `do` = "shout"
        var pod: String
        var to: [ShoutTarget]
        var seconds: Double
    }

    struct HeardOrder: Encodable {
        let `do` = "heard"
        var names: [String]
    }

    /// A pod to be started.
    struct Specification: Encodable {
        var name: String
        var node: String
        var number: Int
        var style: PodStyle
        var routed: Bool
        var overlays: [Overlay]
        var ports: [UInt16]
        var greet: Target?
        var shout: [ShoutTarget]

        struct Overlay: Encodable {
            var vni: UInt32
            var address: String
        }
    }

    /// `[address, port, protocol]`.
    struct ShoutTarget: Encodable {
        var shout: Shout

        init(_ shout: Shout) {
            self.shout = shout
        }

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(shout.to.address)
            try list.encode(shout.to.port)
            try list.encode(shout.protocol)
        }
    }

    /// An endpoint as `[address, port]`.
    struct Target: Encodable {
        var endpoint: Endpoint

        init(_ endpoint: Endpoint) {
            self.endpoint = endpoint
        }

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(endpoint.address)
            try list.encode(endpoint.port)
        }
    }
}
