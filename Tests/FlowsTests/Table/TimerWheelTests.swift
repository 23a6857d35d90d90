import Testing

@testable import Flows

/// A timer wheel, and the details of sixteen flows that it links.
@safe private final class Wheel {
    private var wheel = TimerWheel()
    private let details = UnsafeMutablePointer<FlowDetail>.allocate(capacity: 16)

    init() { unsafe details.initialize(repeating: FlowDetail(), count: 16) }

    deinit { unsafe details.deallocate() }

    func add(_ number: Int, second: Int64) { unsafe wheel.add(number, details, second: second) }

    func remove(_ number: Int) { unsafe wheel.remove(number, details) }

    /// The flows of a second, which are in no bucket then.
    func take(_ second: Int64) -> [Int] {
        var head = wheel.take(second: second)
        var numbers: [Int] = []
        while head != 0 {
            numbers.append(Int(head) - 1)
            head = unsafe details[Int(head) - 1].next
        }
        return numbers
    }

    func next(from second: Int64, through last: Int64) -> Int64? { wheel.next(from: second, through: last) }

    func takeFirst(from second: Int64) -> [Int64] {
        unsafe wheel.takeFirst(from: second, details).map { [Int64($0.number), $0.second] } ?? []
    }
}

@Suite("Timer wheel")
struct TimerWheelTests {
    @Test func givesBackTheFlowsOfASecond() {
        let wheel = Wheel()
        wheel.add(1, second: 10)
        wheel.add(2, second: 11)
        wheel.add(3, second: 10)
        #expect(wheel.take(9) == [])
        #expect(wheel.take(10) == [3, 1])
        #expect(wheel.take(10) == [])
        #expect(wheel.take(11) == [2])
    }

    @Test func findsTheNextSecondThatMayHoldAFlow() {
        let wheel = Wheel()
        #expect(wheel.next(from: 0, through: 10_000) == nil)
        wheel.add(0, second: 4095)
        wheel.add(1, second: 63)
        wheel.add(2, second: 64)
        #expect(wheel.next(from: 0, through: 5000) == 63)
        #expect(wheel.next(from: 63, through: 63) == 63)
        #expect(wheel.next(from: 64, through: 5000) == 64)
        #expect(wheel.next(from: 65, through: 4094) == nil)
        #expect(wheel.next(from: 65, through: 4095) == 4095)
        _ = wheel.take(63)
        // The same bucket, a turn later.
        #expect(wheel.next(from: 4096, through: 8192) == 4160)
    }

    @Test func turns() {
        let wheel = Wheel()
        wheel.add(1, second: Int64(TimerWheel.size) + 7)
        #expect(wheel.take(7) == [1])
    }

    @Test func knowsSecondsBefore1970() {
        let wheel = Wheel()
        wheel.add(1, second: -5)
        #expect(wheel.take(-6) == [])
        #expect(wheel.take(-5) == [1])
    }

    @Test(arguments: [[0], [1], [2], [0, 1], [1, 0], [0, 2], [2, 1], [0, 1, 2], [2, 1, 0], [1, 2, 0]])
    func letsFlowsGoFromAnyPlaceOfABucket(removed: [Int]) {
        let wheel = Wheel()
        for number in 0..<3 { wheel.add(number, second: 4) }
        for number in removed { wheel.remove(number) }
        #expect(wheel.take(4) == [2, 1, 0].filter { !removed.contains($0) })
    }

    @Test func movesAFlow() {
        let wheel = Wheel()
        for number in 0..<3 { wheel.add(number, second: 4) }
        wheel.remove(1)
        wheel.add(1, second: 2)
        #expect(wheel.take(2) == [1])
        #expect(wheel.take(4) == [2, 0])
    }

    @Test func takesTheFlowThatIsDueNext() {
        let wheel = Wheel()
        wheel.add(1, second: 100)
        wheel.add(2, second: 50)
        wheel.add(3, second: 50)
        #expect(wheel.takeFirst(from: 10) == [3, 50])
        #expect(wheel.takeFirst(from: 51) == [1, 100])
        #expect(wheel.takeFirst(from: 51) == [2, 50 + Int64(TimerWheel.size)])
        #expect(wheel.takeFirst(from: 10) == [])
    }
}
