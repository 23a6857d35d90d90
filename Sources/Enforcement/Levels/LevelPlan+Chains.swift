import Netlink
import Policy

extension LevelPlan {
    /// What levels ask for in one namespace.
    struct Local {
        var mode: EnforcementMode
        /// What the levels are called, by their rank.
        var names: [String]
        var ends: LevelEnds
        /// Declared ways.
        var elements: [SetShape: [Nftables.Key: DesiredElement]] = [:]
        /// The level behind each device.
        var levels: [String: SensitivityLevel] = [:]
        /// Levels for which going outside is a crossing.
        var leavingIsCrossing: Set<SensitivityLevel> = []

        init(mode: EnforcementMode, names: [String], ends: LevelEnds) {
            self.mode = mode
            self.names = names
            self.ends = ends
        }

        var hooks: Set<PlaceHook> { levels.isEmpty ? [] : [.sending, .receiving] }

        func devices(at hook: PlaceHook) -> Set<String> { hook.isOnDevice ? Set(levels.keys) : [] }

        /// The chains of a hook, to which its own chain then jumps at its end.
        func addChains(of hook: PlaceHook, to table: inout DesiredTable) {
            let ranks = Set(levels.values)
            ends.insert(into: &table, ranks)
            let word = hook.rawValue
            let device: Nftables.Selector = hook == .sending ? .inputInterface : .outputInterface
            table.chains[word]?.rules.append(
                Nftables.Rule(.jump(to: "\(word)_levels"), comment: "levels of sensitivity")
            )
            table.chains["\(word)_levels"] = DesiredChain(rules: entry(hook))

            let map = "\(word)_by_level"
            table.sets[map] = Nftables.Set(.netdev, map, key: [.interfaceName], isVerdictMap: true)
            let counts = "\(word)_crossing"
            table.sets[counts] = Nftables.Set(.netdev, counts, key: [.interfaceName], hasCounters: true)
            var (verdicts, counters) = ([Nftables.Key: DesiredElement](), [Nftables.Key: DesiredElement]())
            for (name, level) in levels {
                let key = Nftables.Key(.interface(name))
                verdicts[key] = DesiredElement(verdict: .goto("\(word)_level\(level.rank)"))
                counters[key] = DesiredElement()
            }
            table.elements[map] = verdicts
            table.elements[counts] = counters
            table.chains["\(word)_crossings"] = DesiredChain(rules: [
                Nftables.Rule(.verdict(of: [device], in: map), comment: "by the level of who is here")
            ])
            for level in ranks {
                table.chains["\(word)_level\(level.rank)"] = DesiredChain(
                    rules: judgement(hook, level),
                    comment: Int(level.rank) < names.count ? String(names[Int(level.rank)].prefix(40)) : nil
                )
            }
            let count = Nftables.Statement.lookup([device], in: counts)
            table.chains["\(word)_crossing"] = DesiredChain(rules: [
                mode == .enforce
                    ? Nftables.Rule(count, .drop, comment: "undeclared crossing")
                    : Nftables.Rule(count, comment: "undeclared crossing, which enforcing would drop")
            ])
        }

        /// What is declared passes, and so do its answers, but not what begins and only looks like one by its port.
        private func entry(_ hook: PlaceHook) -> [Nftables.Rule] {
            let crossings = "\(hook.rawValue)_crossings"
            var rules = [
                // Destination unreachable, time exceeded, parameter problem; RFC 792. And what ICMPv6 has for it, with packet too big;
                // RFC 4443. Without them declared connections would hang.
                SetShape.rule([.icmp(.v4, 3...3), .return], "errors"),
                SetShape.rule([.icmp(.v4, 11...12), .return], "errors"),
                SetShape.rule([.icmp(.v6, 1...4), .return], "errors"),
                // Of the link alone, as far as its receiver can tell.
                SetShape.rule([.hopLimit(255, in: .netdev), .icmp(.v6, 133...136), .return], "who is where"),
            ]
            rules += shapes(.declared, hook).flatMap(\.rules)
            rules += beginnings(goingTo: crossings)
            rules += shapes(.answers, hook).flatMap(\.rules)
            rules.append(Nftables.Rule(.goto(crossings)))
            return rules
        }

        /// What becomes of what is not declared, of somebody of a level.
        private func judgement(_ hook: PlaceHook, _ level: SensitivityLevel) -> [Nftables.Rule] {
            let crossing = "\(hook.rawValue)_crossing"
            var rules: [Nftables.Rule] = []
            for version in [Nftables.IPVersion.v4, .v6] {
                let remote = hook.remoteAddress(version)
                rules += [
                    SetShape.rule(
                        [.version(version), .lookup([remote], in: LevelEnds.name(version, level)), .return],
                        "the same level"
                    ),
                    SetShape.rule(
                        [.version(version), .lookup([remote], in: LevelEnds.name(version)), .goto(crossing)],
                        "another level"
                    ),
                ]
            }
            guard hook == .sending, leavingIsCrossing.contains(level) else { return rules }
            for version in [Nftables.IPVersion.v4, .v6] {
                let lookup = Nftables.Statement.lookup([hook.remoteAddress(version)], in: LevelEnds.insideName(version))
                rules.append(SetShape.rule([.version(version), lookup, .return], "not outside"))
            }
            rules += shapes(.outward, hook).flatMap(\.rules)
            rules += beginnings(goingTo: crossing)
            rules += shapes(.outwardAnswers, hook).flatMap(\.rules)
            for version in [Nftables.IPVersion.v4, .v6] {
                rules.append(Nftables.Rule(.version(version), .goto(crossing), comment: "outside"))
            }
            return rules
        }

        /// What begins is no answer, also where its flags lie in a second fragment.
        private func beginnings(goingTo chain: String) -> [Nftables.Rule] {
            let why = "what begins is no answer"
            return [
                Nftables.Rule(.connectionAttempt, .goto(chain), comment: why),
                SetShape.rule(Nftables.Statement.tinyFragment(in: .netdev) + [.goto(chain)], why),
            ]
        }

        private func shapes(_ use: SetShape.Use, _ hook: PlaceHook) -> [SetShape] {
            elements.keys.filter { $0.use == use && $0.hook == hook }.sorted()
        }
    }
}
