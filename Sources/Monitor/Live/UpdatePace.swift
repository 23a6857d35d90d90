/// How often flows that go on are told of: every second where few are open, seldom where many are.
///
/// A plain value that is asked once a second. It slows down at once when there are more flows than an interval is for, and after
/// `strained` seconds in which more than half of the time was work. It quickens, one step, after `easy` seconds in which there
/// were a quarter less than the shorter interval is for and less than a quarter of the time was work.
struct UpdatePace {
    /// In seconds, and the most flows for which it is taken.
    private static var steps: [(interval: Int64, flows: Int)] { [(1, 2_000), (10, 50_000), (60, .max)] }

    private var step = 0
    private var strain = 0
    private var ease = 0

    /// Seconds in a row after which it slows down, or quickens.
    static var strained: Int { 3 }
    static var easy: Int { 10 }

    /// In seconds.
    var interval: Int64 { Self.steps[step].interval }

    /// A second has passed: so many flows are open, and so large a part of it was work, from 0 to 1.
    mutating func look(flows: Int, busy: Double) {
        let needed = Self.steps.firstIndex { flows <= $0.flows } ?? Self.steps.count - 1
        strain = busy > 0.5 ? strain + 1 : 0
        if needed > step {
            change(to: needed)
        } else if strain >= Self.strained, step < Self.steps.count - 1 {
            change(to: step + 1)
        } else if step > 0 {
            let room = Self.steps[step - 1].flows
            ease = flows <= room - room / 4 && busy < 0.25 ? ease + 1 : 0
            if ease >= Self.easy { change(to: step - 1) }
        }
    }

    private mutating func change(to other: Int) {
        step = other
        strain = 0
        ease = 0
    }
}
