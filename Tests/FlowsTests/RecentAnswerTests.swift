import Testing

@testable import Flows

/// What was asked for lately must be what would be found.
@Suite("Recent answers")
struct RecentAnswerTests {
    @Test func numberEverySourceOnceWhateverComesBetween() {
        var table = PointTable()
        var numbers: [UInt64: UInt16] = [:]
        for round in 0..<3 {
            // 300 indices on each of four interfaces: many share a place among the recent ones.
            for index in UInt32(0)..<300 {
                for interface in UInt32(0)..<4 {
                    let key = UInt64(interface) << 32 | UInt64(index)
                    let number = table.number(interface: interface, index: index)
                    #expect(numbers[key] == (round == 0 ? nil : number))
                    numbers[key] = number
                    #expect(table.number(interface: interface, index: index) == number)
                }
            }
        }
        #expect(Set(numbers.values).count == 1200)
        #expect(table.points.count == 1200)
    }

    @Test func giveEveryPlaceItsScopeAlsoAfterAChange() {
        var map = ScopeMap()
        for point in UInt16(0)..<600 {
            map.assign(point: point, segment: nil, vlan: 0, to: .namespace(UInt64(point % 7)))
        }
        func names() -> [Scope.Name] {
            (UInt16(0)..<600).map { map.scopes[Int(map.scope(point: $0, segment: 0, vlan: 0))].name }
        }
        let expected = (0..<600).map { Scope.Name.namespace(UInt64($0 % 7)) }
        #expect(names() == expected)
        #expect(names() == expected)
        map.assign(point: 256, segment: nil, vlan: 0, to: .namespace(77))
        let changed = names()
        #expect(changed[256] == .namespace(77))
        #expect(changed[0] == .namespace(0) && changed[512] == .namespace(1))
    }

    @Test func keepSegmentsOfOnePointApart() {
        var map = ScopeMap()
        for _ in 0..<2 {
            for identifier in UInt32(0)..<1000 {
                let number = map.scope(point: 3, segment: 0x0100_0000 | identifier, vlan: 0)
                #expect(map.scopes[Int(number)].name == .segment(identifier: identifier, vlan: 0))
            }
        }
    }
}
