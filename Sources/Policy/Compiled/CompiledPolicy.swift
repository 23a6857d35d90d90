package import Addressing

/// A policy ready to be asked for every new flow: what it answers costs the same with one rule and with a thousand.
///
/// What was worked out for containers, segments and pairs of ends is remembered, bounded; what is forgotten is worked out anew and
/// comes out the same. One owner asks it.
package struct CompiledPolicy {
    /// What it was made of.
    package let declared: DeclaredPolicy
    package let feeds: FeedTables

    var profiles: EndProfiles
    var interfaces: InterfaceRules
    var egress: EgressRules
    let exceptions: ExceptionRules
    private let bastions: [Int32]
    private let neverBlock: [Int32]
    private let images: ImageList
    private let tunnelEnds: PrefixTable
    private let resolvers: PrefixTable

    package init(_ policy: DeclaredPolicy, feeds: FeedTables = FeedTables()) {
        declared = policy
        self.feeds = feeds
        var selectors = SelectorNumbers()
        let levels = LevelRules(policy) { selectors.number(of: $0) }
        interfaces = InterfaceRules(policy.interfaces) { selectors.number(of: $0) }
        egress = EgressRules(policy.egress) { selectors.number(of: $0) }
        exceptions = ExceptionRules(policy.exceptions) { selectors.number(of: $0) }
        bastions = policy.bastions.map { selectors.number(of: $0) }
        neverBlock = policy.neverBlock.map { selectors.number(of: $0) }
        profiles = EndProfiles(selectors.list, levels: levels)
        images = ImageList(policy.approvedImages)
        tunnelEnds = Self.table(policy.tunnelEnds)
        resolvers = Self.table(policy.resolvers)
    }

    private static func table(_ blocks: [IPPrefix]) -> PrefixTable {
        var builder = PrefixTableBuilder()
        for block in blocks { builder.add(block, value: 0) }
        return builder.build()
    }

    /// The level of an end; nil when none is known.
    package mutating func level(of end: PolicyEnd) -> SensitivityLevel? { profile(of: end).level }

    /// Whether an end may scan.
    package mutating func isBastion(_ end: PolicyEnd) -> Bool {
        let profile = profile(of: end)
        return bastions.contains { profile.holds($0) }
    }

    /// Whether an end is never to be stopped.
    package mutating func isNeverBlocked(_ end: PolicyEnd) -> Bool {
        let profile = profile(of: end)
        return neverBlock.contains { profile.holds($0) }
    }

    /// Whether an image may run; nil when no images are declared.
    package func approves(image: String) -> Bool? { images.isEmpty ? nil : images.contains(image) }

    /// Whether an address is another host's tunnel end; nil when none are declared.
    package func isTunnelEnd(_ address: IPAddress) -> Bool? {
        tunnelEnds.count == 0 ? nil : tunnelEnds.value(of: address) != nil
    }

    /// Whether an address may be asked for names; nil when none are declared.
    package func isResolver(_ address: IPAddress) -> Bool? {
        resolvers.count == 0 ? nil : resolvers.value(of: address) != nil
    }

    /// What is otherwise with a rule than its detector has it; what is said of it counts before what is said of its category.
    package func setting(of rule: String) -> RuleSetting {
        declared.setting(of: rule)
    }

    /// What is otherwise with a threshold than its detector has it: a count, seconds or bytes.
    package func threshold(_ detector: String, _ name: String) -> Int? {
        declared.thresholds[ThresholdKey(detector, name)]
    }

    private mutating func profile(of end: PolicyEnd) -> EndProfile {
        forgetWhenFull()
        return profiles.profile(of: end)
    }

    /// Before anything is looked up, as numbers of profiles are worth nothing after it.
    mutating func forgetWhenFull() {
        guard profiles.isFull else { return }
        profiles.removeAll()
        interfaces.removeAll()
        egress.removeAll()
    }
}

/// Gives each selector a number; the same selector has one.
struct SelectorNumbers {
    private(set) var list: [Selector] = []
    private var numbers: [Selector: Int32] = [:]

    mutating func number(of selector: Selector) -> Int32 {
        if let number = numbers[selector] { return number }
        let number = Int32(list.count)
        numbers[selector] = number
        list.append(selector)
        return number
    }
}

/// Names of images, whole or as patterns.
private struct ImageList {
    private let whole: Set<String>
    private let patterns: [NamePattern]

    init(_ patterns: [NamePattern]) {
        whole = Set(patterns.filter { !$0.isOpen }.map(\.text))
        self.patterns = patterns.filter(\.isOpen)
    }

    var isEmpty: Bool { whole.isEmpty && patterns.isEmpty }

    func contains(_ image: String) -> Bool { whole.contains(image) || patterns.contains { $0.matches(image) } }
}
