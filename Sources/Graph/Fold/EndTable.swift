import Addressing
import Containers

/// Endpoints that a folder was told of, each with a number and the rows it is in: worked out anew only when it has changed.
struct EndTable {
    /// What every frame reads of each: no references, so that going through all of them counts none.
    struct End {
        /// Numbers of rows, by `Rung.rawValue`.
        var rows = InlineArray<7, Int>(repeating: 0)
        var stranger: StrangerRow?
        /// The rows for too many of its kind at service, role and image.
        var crowdRows = InlineArray<3, Int>(repeating: 0)
        var isUnsure = false
        /// Nanoseconds since 1970.
        var first: Int64

        func row(at rung: Rung) -> Int { rows[rung.rawValue] }
    }

    private(set) var ends: [End] = []
    private(set) var endpoints: [Endpoint] = []
    private var numbers: [EndpointKey: Int] = [:]
    private(set) var rows = RowTable()
    private var last = LastOrder()
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
        for (key, endpoint) in endpoints {
            let number =
                if let guess = last.guess, self.endpoints[guess].key == key { guess } else {
                    numbers[key] ?? add(endpoint)
                }
            last.came(number)
            if !self.endpoints[number].isAlike(endpoint) { change(number, endpoint) }
        }
        last.end(numbers: ends.count)
        settle()
    }

    /// Endpoints of an earlier picture, of which the newer one may know more.
    mutating func add(missing endpoints: [EndpointKey: Endpoint]) {
        for (key, endpoint) in endpoints where numbers[key] == nil { _ = add(endpoint) }
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
        ends.append(End(first: endpoint.first.nanoseconds))
        endpoints.append(endpoint)
        numbers[endpoint.key] = number
        place(number)
        return number
    }

    private mutating func change(_ number: Int, _ endpoint: Endpoint) {
        // Beyond the limit `others` stands for it.
        guard endpoints[number].key == endpoint.key else { return }
        endpoints[number] = endpoint
        ends[number].first = endpoint.first.nanoseconds
        changed.append(number)
        place(number)
    }

    private mutating func place(_ number: Int) {
        let places = EndPlaces(endpoints[number], known)
        for rung in Rung.allCases {
            ends[number].rows[rung.rawValue] = rows.number(
                of: places.rungs[rung.rawValue],
                rung,
                places.level,
                isOutside: places.isOutside
            )
        }
        ends[number].stranger = places.stranger?.kind
        if let place = places.stranger?.place {
            for (index, rung) in [Rung.service, .role, .image].enumerated() {
                ends[number].crowdRows[index] = rows.number(
                    of: place,
                    rung,
                    places.level,
                    isOutside: places.isOutside
                )
            }
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
        let fresh = Array(order.count..<ends.count).sorted { endpoints[$0].key < endpoints[$1].key }
        order = merged(order, fresh) { endpoints[$0].key < endpoints[$1].key }
        ranks = inverse(order)
    }
}

extension Endpoint {
    private func isDescribed(as other: Self) -> Bool {
        guard let container, let known = other.container else { return container == nil && other.container == nil }
        return container.isDescribed(as: known)
    }

    /// Whether all that rows are made of is as it was. What else changes, times and further addresses, changes with every packet.
    fileprivate func isAlike(_ other: Self) -> Bool {
        name == other.name && isAmbiguous == other.isAmbiguous && addresses.first == other.addresses.first
            && isDescribed(as: other)
    }
}
