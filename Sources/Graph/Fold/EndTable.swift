import Addressing
import Containers

/// Endpoints that a folder was told of, each with a number and the rows it is in: worked out anew only when it has changed.
struct EndTable {
    struct End {
        var endpoint: Endpoint
        /// Numbers of rows, by `Rung.rawValue`.
        var rows: [Int] = []
        /// The row for too many of its kind at service, role and image.
        var stranger: (kind: StrangerRow, rows: [Int])?
        var isUnsure = false
        /// Whether its picture still has it.
        var isHere = true
    }

    private(set) var ends: [End] = []
    private var numbers: [EndpointKey: Int] = [:]
    private(set) var rows = RowTable()
    /// As they came in the last picture: mostly the next one has the same order, and nothing need be hashed.
    private var line: [Int] = []
    private var places: [Int] = []
    private(set) var order: [Int] = []
    private(set) var ranks: [Int] = []
    /// Changes with whatever may change a fold.
    private(set) var generation = 0
    /// Those whose name or container changed in the last picture: filters are asked again.
    private(set) var changed: [Int] = []
    let known: FoldPlaces

    /// Endpoints that are told apart; further ones are `others`. A graph and the one it is compared with have fewer.
    static var limit: Int { (1 << 18) - 1 }

    init(_ known: FoldPlaces) { self.known = known }

    mutating func take(_ endpoints: [EndpointKey: Endpoint]) {
        changed = []
        for number in ends.indices { ends[number].isHere = false }
        var (guess, next) = (0, [Int]())
        next.reserveCapacity(endpoints.count)
        for (key, endpoint) in endpoints {
            var number: Int
            if guess < line.count, ends[line[guess]].endpoint.key == key {
                number = line[guess]
                guess += 1
            } else if let found = numbers[key] {
                number = found
                guess = places[found] + 1
            } else {
                number = add(endpoint)
            }
            ends[number].isHere = true
            if !ends[number].endpoint.isAlike(endpoint) { change(number, endpoint) }
            next.append(number)
        }
        line = next
        places = [Int](repeating: 0, count: ends.count)
        for (place, number) in line.enumerated() { places[number] = place }
        settle()
    }

    /// Endpoints of an earlier picture, of which the newer one may know more.
    mutating func add(missing endpoints: [EndpointKey: Endpoint]) {
        for (key, endpoint) in endpoints where numbers[key] == nil { ends[add(endpoint)].isHere = false }
        settle()
    }

    /// The number of an end that an edge has; one that nobody told of stands there with its key alone. `settle` after such.
    mutating func number(of key: EndpointKey, at time: Timestamp) -> Int {
        numbers[key] ?? add(Endpoint(key, at: time))
    }

    func number(of key: EndpointKey) -> Int? { numbers[key] }

    private mutating func add(_ endpoint: Endpoint) -> Int {
        var endpoint = endpoint
        if ends.count >= Self.limit {
            if let others = numbers[.others] { return others }
            endpoint = Endpoint(.others, at: endpoint.first)
        }
        let number = ends.count
        ends.append(End(endpoint: endpoint))
        numbers[endpoint.key] = number
        places.append(0)
        place(number)
        return number
    }

    private mutating func change(_ number: Int, _ endpoint: Endpoint) {
        guard ends[number].endpoint.key == endpoint.key else { return }
        ends[number].endpoint = endpoint
        changed.append(number)
        place(number)
    }

    private mutating func place(_ number: Int) {
        let places = EndPlaces(ends[number].endpoint, known)
        ends[number].rows = Rung.allCases.map {
            rows.number(of: places.rungs[$0.rawValue], $0, places.level, isOutside: places.isOutside)
        }
        ends[number].stranger = places.stranger.map { kind, place in
            let numbers = [Rung.service, .role, .image].map {
                rows.number(of: place, $0, places.level, isOutside: places.isOutside)
            }
            return (kind, numbers)
        }
        ends[number].isUnsure = places.isUnsure
        generation &+= 1
    }

    /// Levels or segments have changed: all is worked out anew.
    mutating func placeAll() {
        for number in ends.indices { place(number) }
        settle()
    }

    /// Puts what came since in its place.
    mutating func settle() {
        rows.settle()
        guard order.count < ends.count else { return }
        let fresh = Array(order.count..<ends.count).sorted { ends[$0].endpoint.key < ends[$1].endpoint.key }
        order = merged(order, fresh) { ends[$0].endpoint.key < ends[$1].endpoint.key }
        ranks = inverse(order)
    }
}

extension Endpoint {
    /// Whether all that rows are made of is as it was. What else changes, times and further addresses, changes with every packet.
    fileprivate func isAlike(_ other: Self) -> Bool {
        name == other.name && isAmbiguous == other.isAmbiguous && addresses.first == other.addresses.first
            && container?.description == other.container?.description
    }
}
