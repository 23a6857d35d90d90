/// What a policy makes of an end: its level, and the selectors that mean it. Ends that are alike to the policy share one.
struct EndProfile {
    /// Nil: none is known.
    var level: SensitivityLevel?
    var isOutside: Bool
    /// The numbers of the selectors that hold, in order.
    var selectors: [Int32]

    /// Whether a selector holds; one that is not there does for everybody.
    func holds(_ selector: Int32?) -> Bool {
        guard let selector else { return true }
        var (base, rest) = (0, selectors.count)
        while rest > 1 {
            let half = rest / 2
            base = selectors[base + half] <= selector ? base + half : base
            rest -= half
        }
        return rest == 1 && selectors[base] == selector
    }
}
