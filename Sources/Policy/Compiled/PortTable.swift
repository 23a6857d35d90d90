/// Which rule a port falls to: of several the first.
struct PortTable {
    /// The first port of each range, in order; the first is 0.
    private var starts: [UInt16] = [0]
    /// The rule of each; -1 is none.
    private var rules: [Int32] = [-1]

    /// Of rules in their order, each with the ports it is about, none meaning all.
    init(_ entries: [(rule: Int32, ports: [ClosedRange<UInt16>])]) {
        let whole: [ClosedRange<UInt16>] = [0...UInt16.max]
        let entries = entries.map { (rule: $0.rule, ports: $0.ports.isEmpty ? whole : $0.ports) }
        var points: Set<UInt16> = [0]
        for range in entries.lazy.flatMap(\.ports) {
            points.insert(range.lowerBound)
            if range.upperBound < .max { points.insert(range.upperBound + 1) }
        }
        let starts = points.sorted()
        var owners = [Int32](repeating: -1, count: starts.count)
        // For each range the next one from it on that belongs to nobody, so that none is looked at for every rule.
        var free = Array(0...starts.count)
        func nextFree(_ place: Int) -> Int {
            var place = place
            while free[place] != place {
                free[place] = free[free[place]]
                place = free[place]
            }
            return place
        }
        for entry in entries {
            for range in entry.ports {
                var place = nextFree(Self.place(of: range.lowerBound, in: starts))
                while place < starts.count, starts[place] <= range.upperBound {
                    owners[place] = entry.rule
                    free[place] = place + 1
                    place = nextFree(place)
                }
            }
        }
        self.starts = starts
        rules = owners
    }

    /// The rule of a port; nil where there is none.
    func rule(of port: UInt16) -> Int? {
        let rule = rules[Self.place(of: port, in: starts)]
        return rule < 0 ? nil : Int(rule)
    }

    /// The last of some numbers that is not above another.
    private static func place(of port: UInt16, in starts: [UInt16]) -> Int {
        var base = 0
        var rest = starts.count
        while rest > 1 {
            let half = rest / 2
            base = starts[base + half] <= port ? base + half : base
            rest -= half
        }
        return base
    }
}
