import Support
import Testing

@testable import Policy

@Suite("Table of ports")
struct PortTableTests {
    @Test func theFirstRuleCounts() {
        let table = PortTable([(3, [80...90]), (1, [85...100, 7...7]), (2, []), (9, [1...1])])
        for (port, rule) in [
            (0, 2), (1, 2), (7, 1), (79, 2), (80, 3), (90, 3), (91, 1), (100, 1), (101, 2), (65_535, 2),
        ] {
            #expect(table.rule(of: UInt16(port)) == rule)
        }
        #expect(PortTable([]).rule(of: 80) == nil)
        let ends = PortTable([(0, [65_535...65_535, 0...0])])
        #expect(ends.rule(of: 65_535) == 0 && ends.rule(of: 65_534) == nil && ends.rule(of: 0) == 0)
    }

    @Test func agreesWithTheDefinition() {
        var numbers = SeededNumbers(seed: 9)
        for _ in 0..<100 {
            let rules = (0..<Int.random(in: 1...20, using: &numbers)).map { rule in
                let first = UInt16.random(in: 0...300, using: &numbers)
                return (rule: Int32(rule), ports: [first...first + UInt16.random(in: 0...60, using: &numbers)])
            }
            let table = PortTable(rules)
            for port in UInt16(0)...400 {
                let wanted = rules.first { $0.ports.contains { $0.contains(port) } }.map { Int($0.rule) }
                #expect(table.rule(of: port) == wanted)
            }
        }
    }
}
