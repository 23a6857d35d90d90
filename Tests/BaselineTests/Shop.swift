import Addressing
import Containers
import Testing

@testable import Baseline

/// A small shop, and what its containers do: `web` calls `api`, `api` calls `db` and a bank outside.
enum Shop {
    static func time(_ seconds: Double) -> Timestamp { Timestamp(nanoseconds: Int64(seconds * 1e9)) }

    static func container(
        _ service: String,
        number: Int = 1,
        image: String? = nil,
        project: String = "shop"
    ) -> Container {
        var container = Container(key: ContainerKey(identifier: "\(project)-\(service)-\(number)", generation: 1))
        container.description.name = "\(project)-\(service)-\(number)"
        container.description.image = image ?? "registry.example:5000/\(service):1.4"
        container.description.labels = [
            "com.docker.compose.project": project, "com.docker.compose.service": service,
            "com.docker.compose.container-number": "\(number)",
        ]
        return container
    }

    static func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    static func end(_ service: String, _ address: String, number: Int = 1) throws -> BaselineEnd {
        BaselineEnd(try Self.address(address), container: container(service, number: number))
    }

    static func outside(_ address: String, name: String? = nil) throws -> BaselineEnd {
        BaselineEnd(try Self.address(address), kind: .outside, name: name)
    }

    /// A conversation that lasts a second.
    static func talk(
        _ source: BaselineEnd,
        _ destination: BaselineEnd,
        _ port: UInt16,
        at seconds: Double,
        protocolNumber: UInt8 = 6,
        isAnswered: Bool = true
    ) -> BaselineObservation {
        var observation = BaselineObservation(
            from: source,
            to: destination,
            protocolNumber: protocolNumber,
            port: port,
            isAnswered: isAnswered,
            began: time(seconds),
            at: time(seconds + 1)
        )
        observation.bytes = 600
        observation.evidence = UInt64(seconds * 1000)
        return observation
    }

    /// What is learned of an hour of it.
    static func learner() throws -> BaselineLearner {
        var learner = BaselineLearner()
        for minute in 0..<60 {
            let second = 1_700_000_000 + Double(minute) * 60
            let (web, api) = (try end("web", "10.1.0.2"), try end("api", "10.1.0.3", number: minute % 2 + 1))
            learner.take(talk(try outside("198.51.100.\(minute)"), web, 443, at: second))
            learner.take(talk(web, api, 8080, at: second + 1))
            learner.take(talk(api, try end("db", "10.1.0.4"), 5432, at: second + 2))
            learner.take(BaselineLookup("pay.bank.example.", by: api, at: time(second + 3.5)))
            learner.take(talk(api, try outside("203.0.113.7", name: "Pay.bank.example"), 443, at: second + 4))
            learner.take(talk(api, try outside("192.0.2.53"), 53, at: second + 5, protocolNumber: 17))
        }
        var loss = CaptureLoss()
        loss.received = 9900
        loss.dropped = 100
        loss.gaps = 1
        learner.add(loss)
        return learner
    }

    static func workload(_ service: String) throws -> Workload { try #require(Workload(container(service))) }

    static func profile(_ service: String, in baseline: Baseline) throws -> Profile {
        try #require(baseline.profile(of: try workload(service)))
    }
}
