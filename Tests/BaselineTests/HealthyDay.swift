import Addressing
import Containers
import Support
import Testing

@testable import Baseline

/// What a healthy cluster does in a day: 40 services of 5 containers that call one another and the outside, a Prometheus that scrapes all
/// of them, a resolver, a release of every service, and a backup at night. The same seed gives the same day.
struct HealthyDay {
    private var numbers: SeededNumbers
    /// Seconds since 1970 at which it begins.
    let start: Double
    /// Which day: addresses and containers of each are others.
    private let day: Int

    static var services: Int { 40 }
    static var replicas: Int { 5 }

    init(_ day: Int) {
        self.day = day
        start = 1_700_000_000 + Double(day) * 86_400
        numbers = SeededNumbers(seed: UInt64(day) + 1)
    }

    /// What is told, in order of time.
    enum Event {
        case talk(BaselineObservation)
        case lookup(BaselineLookup)
    }

    /// A container of a service; at noon a release replaces all of them.
    func end(_ service: String, _ replica: Int, at hour: Int) throws -> BaselineEnd {
        let release = day * 2 + (hour >= 12 ? 1 : 0)
        var container = Container(key: ContainerKey(identifier: "\(service)-\(release)-\(replica)", generation: 1))
        container.description.name = "\(service)-\(replica)"
        container.description.image = "registry.example/\(service):1.\(release)"
        container.description.labels = ["app": service]
        let number = abs(service.utf8.reduce(0) { ($0 * 31 + Int($1)) % 200 })
        let address = try Shop.address("10.\(release).\(number).\(replica + 1)")
        return BaselineEnd(address, container: container)
    }

    mutating func events() throws -> [Event] {
        var all: [(Double, Event)] = []
        for hour in 0..<24 {
            let second = start + Double(hour) * 3600
            for service in 0..<Self.services {
                for replica in 0..<Self.replicas { all += try calls(service, replica, hour, second) }
            }
            if hour == 3 { all += try backup(hour, second) }
        }
        return all.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private mutating func calls(
        _ service: Int,
        _ replica: Int,
        _ hour: Int,
        _ second: Double
    ) throws -> [(Double, Event)] {
        let me = try end("s\(service)", replica, at: hour)
        let when = second + Double(UInt64.random(in: 0..<3500, using: &numbers))
        let prometheus = try end("prometheus", 0, at: hour)
        // A tree, so that each has some it calls.
        let other = try end("s\((service + 1) / 2)", Int.random(in: 0..<Self.replicas, using: &numbers), at: hour)
        let name = "m\(Int.random(in: 0..<30, using: &numbers)).cdn.example"
        let outside = try Shop.outside("203.0.\(Int.random(in: 0..<250, using: &numbers)).7", name: name)
        return [
            (when, .talk(Shop.talk(prometheus, me, 9100, at: when))),
            (when, .talk(Shop.talk(me, other, 8080, at: when))),
            (when, .talk(Shop.talk(me, try end("dns", 0, at: hour), 53, at: when, protocolNumber: 17))),
            (when + 1, .lookup(BaselineLookup(name, by: me, at: Shop.time(when + 1)))),
            (when + 1, .talk(Shop.talk(me, outside, 443, at: when + 1))),
            // One that is not up again yet.
            (when + 2, .talk(Shop.talk(me, other, 8080, at: when + 2, isAnswered: false))),
        ]
    }

    private func backup(_ hour: Int, _ second: Double) throws -> [(Double, Event)] {
        try (0..<Self.services).map { service in
            let talk = Shop.talk(try end("backup", 0, at: hour), try end("s\(service)", 0, at: hour), 2222, at: second)
            return (second, .talk(talk))
        }
    }
}
