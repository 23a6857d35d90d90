import Addressing
import Containers
import Enforcement
import Policy
import Support
import Testing

/// The ledger against a list that is looked through each time.
@Suite("Block ledger, against a model")
struct LedgerModelTests {
    private struct Known: Equatable {
        var number: UInt64
        var name: String
        var generation: UInt32
        var until: Int64?
        var endsAt: Int64?

        var due: Int64? { [until, endsAt].compactMap { $0 }.min() }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func doesWhatTheModelDoes(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        var ledger = BlockLedger(limit: 30, patience: .seconds(40))
        var model: [Known] = []
        var generations: [String: UInt32] = [:]
        var runs: Set<String> = []
        var (now, next): (Int64, UInt64) = (0, 1)
        var counts: [String: Int] = [:]
        for _ in 0..<6000 {
            let name = "c\(Int.random(in: 0..<8, using: &numbers))"
            switch Int.random(in: 0..<10, using: &numbers) {
            case 0..<4:
                guard runs.contains(name), let generation = generations[name] else { continue }
                let until = Bool.random(using: &numbers) ? now + Int64.random(in: 1..<90, using: &numbers) : nil
                var order = try Lab.order(name, to: "192.0.2.7", by: Lab.rule)
                order.subject = .container(Lab.key(name, generation))
                if model.count == 30 {
                    #expect(throws: LedgerError.full(limit: 30)) {
                        _ = try ledger.add(order, until: until.map(Lab.after), at: Lab.after(now))
                    }
                    counts["full", default: 0] += 1
                    continue
                }
                let entry = try ledger.add(order, until: until.map(Lab.after), at: Lab.after(now))
                #expect(entry.block.identifier.number == next)
                model.append(Known(number: next, name: name, generation: generation, until: until))
                next += 1
            case 4:
                guard let victim = model.randomElement(using: &numbers) else { continue }
                _ = try ledger.release(BlockIdentifier(victim.number), by: Lab.rule, at: Lab.after(now))
                model.removeAll { $0.number == victim.number }
                counts["released", default: 0] += 1
            case 5:
                guard runs.remove(name) != nil, let generation = generations[name] else { continue }
                ledger.containerEnded(Lab.key(name, generation), at: Lab.after(now))
                for place in model.indices where model[place].name == name { model[place].endsAt = now + 40 }
            case 6, 7:
                guard !runs.contains(name) else { continue }
                let generation = (generations[name] ?? 0) + 1
                generations[name] = generation
                runs.insert(name)
                let moved = ledger.containerStarted(Lab.key(name, generation), at: Lab.after(now))
                let expected = model.filter { $0.name == name }.map(\.number)
                #expect(moved.map(\.block.identifier.number) == expected)
                counts["moved", default: 0] += moved.count
                for place in model.indices where model[place].name == name {
                    model[place].generation = generation
                    model[place].endsAt = nil
                }
            default:
                now += Int64.random(in: 0..<12, using: &numbers)
                let gone = model.filter { $0.due.map { $0 <= now } ?? false }
                    .sorted { ($0.due ?? 0, $0.number) < ($1.due ?? 0, $1.number) }
                let done = ledger.advance(to: Lab.after(now))
                #expect(done.map(\.block.identifier.number) == gone.map(\.number))
                #expect(
                    done.map { $0.act == .timedOut }
                        == gone.map { known in known.until.map { $0 <= (known.due ?? 0) } ?? false }
                )
                model.removeAll { known in gone.contains(known) }
                counts["over", default: 0] += gone.count
            }
            #expect(ledger.count == model.count)
            #expect(ledger.nextDue == model.compactMap(\.due).min().map(Lab.after))
        }
        #expect(ledger.blocks.map(\.identifier.number) == model.map(\.number))
        // That all of it happened.
        for act in ["full", "released", "moved", "over"] {
            #expect(counts[act] ?? 0 > 20, "\(act): \(counts[act] ?? 0)")
        }
    }

    @Test func twentyThousandComeAndGo() throws {
        var ledger = BlockLedger()
        var numbers = SeededNumbers(seed: 4)
        let clock = ContinuousClock()
        var time = clock.now
        for _ in 0..<20_000 {
            let until = Lab.after(Int64.random(in: 1...1000, using: &numbers))
            _ = try ledger.add(Lab.order("web", to: "192.0.2.7"), until: until, at: Lab.start)
        }
        let added = time.duration(to: clock.now)
        time = clock.now
        var (gone, last) = (0, Lab.start)
        while let due = ledger.nextDue {
            let entries = ledger.advance(to: due)
            #expect(due > last)
            (gone, last) = (gone + entries.count, due)
        }
        #expect(gone == 20_000)
        print("ledger: 20,000 blocks added in \(added), timed out in \(time.duration(to: clock.now))")
    }
}
