import Addressing
import Containers

/// Finds the profile of an end. What it needs of a container, a block and a segment is each looked up once and then known by a number,
/// so that an end that was seen before costs three searches, however many selectors there are.
struct EndProfiles {
    /// What tells two containers apart for the policy.
    private struct Traits: Hashable {
        var selectors: [Int32]
        /// What its label claims.
        var claim: SensitivityLevel?
    }

    private struct Key: Hashable {
        /// 0 is no container.
        var container: UInt32
        var segment: UInt32
        var block: UInt16
        var isOutside: Bool
    }

    private let index: SelectorIndex
    private let blocks: BlockIndex
    private var segments: SegmentIndex
    private let levels: LevelRules
    /// How many of container, block and segment each selector asks for.
    private let parts: [UInt8]

    private var known: [ContainerKey: (container: Container, traits: UInt32)] = [:]
    private var numbers: [Traits: UInt32] = [:]
    private var traits: [Traits] = [Traits(selectors: [])]
    private var profiles: [Key: Int] = [:]
    private var list: [EndProfile] = []

    /// Containers, sets of traits and profiles that are remembered; when there are more of either, all are worked out anew.
    static var limit: Int { 16_384 }

    init(_ selectors: [Selector], levels: LevelRules) {
        index = SelectorIndex(selectors)
        blocks = BlockIndex(
            selectors.enumerated().flatMap { number, selector in selector.blocks.map { ($0, Int32(number)) } }
        )
        segments = SegmentIndex(selectors)
        self.levels = levels
        parts = selectors.map { selector in
            (selector.needsContainer ? 1 : 0) + (selector.blocks.isEmpty ? 0 : 1) + (selector.segments.isEmpty ? 0 : 1)
        }
    }

    /// Whether so much is remembered that it is time to forget.
    var isFull: Bool { max(known.count, traits.count, list.count) >= Self.limit }

    /// Forgets all of it; numbers of profiles mean nothing any more.
    mutating func removeAll() {
        known.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
        traits = [Traits(selectors: [])]
        profiles.removeAll(keepingCapacity: true)
        list.removeAll(keepingCapacity: true)
    }

    subscript(number: Int) -> EndProfile { list[number] }

    /// The number of an end's profile.
    mutating func number(of end: PolicyEnd) -> Int {
        let key = Key(
            container: traits(of: end.container),
            segment: segments.place(name: end.segmentName, number: end.segmentNumber),
            block: blocks.place(of: end.address),
            isOutside: end.isOutside
        )
        if let number = profiles[key] { return number }
        let profile = profile(key)
        list.append(profile)
        profiles[key] = list.count - 1
        return list.count - 1
    }

    /// The same, looked up.
    mutating func profile(of end: PolicyEnd) -> EndProfile {
        // In one expression the list would be copied before the profile is in it.
        let number = number(of: end)
        return list[number]
    }

    private mutating func traits(of container: Container?) -> UInt32 {
        guard let container else { return 0 }
        if let known = known[container.key], known.container.isDescribed(as: container) { return known.traits }
        let description = container.description
        let found = Traits(selectors: index.holding(of: description), claim: levels.claim(in: description.labels))
        let number = numbers[found] ?? UInt32(traits.count)
        if number == traits.count {
            numbers[found] = number
            traits.append(found)
        }
        known[container.key] = (container, number)
        return number
    }

    private func profile(_ key: Key) -> EndProfile {
        let traits = traits[Int(key.container)]
        var counts: [Int32: UInt8] = [:]
        for set in [traits.selectors, blocks.numbers(at: key.block), segments.numbers(at: key.segment)] {
            for number in set { counts[number, default: 0] += 1 }
        }
        let selectors = counts.filter { parts[Int($0.key)] == $0.value }.keys.sorted()
        let level = levels.level(
            of: selectors,
            claim: traits.claim,
            isContainer: key.container > 0,
            isOutside: key.isOutside
        )
        return EndProfile(level: level, isOutside: key.isOutside, selectors: selectors)
    }
}
