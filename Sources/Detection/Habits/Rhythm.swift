/// How much like clockwork calls are, by the measures of RITA 5: times, sizes, a histogram, and for how long.
///
/// Each measure is from 0 to 1 and they count alike. RITA looks at a day, this at the last calls, however long they took.
struct Rhythm: Sendable {
    /// Seconds between two calls: the median.
    let period: Double
    /// The median absolute deviation of that, as a share of it.
    let dispersion: Double
    let score: Double

    /// Equal parts of the time that the histogram counts in.
    private static var parts: Int { 8 }
    /// Sizes that say something.
    private static var fewestSizes: Int { 8 }
    /// A spread of so small a share of the median has no shape.
    private static var noise: Double { 0.05 }

    /// `intervals` are seconds, in order; `sizes` octets. Nil for fewer than two intervals.
    init?(intervals: [Float], sizes: [Float]) {
        guard intervals.count > 1 else { return nil }
        let times = Spread(intervals)
        period = times.median
        dispersion = times.dispersion
        var measures = [times.regularity, Self.evenness(intervals), Self.presence(intervals)]
        if sizes.count >= Self.fewestSizes { measures.append(Spread(sizes).regularity) }
        score = measures.reduce(0, +) / Double(measures.count)
    }

    /// How many calls came in each part of the time.
    private static func histogram(_ intervals: [Float]) -> [Double] {
        let whole = intervals.reduce(0) { $0 + Double($1) }
        var counts = [Double](repeating: 0, count: parts)
        guard whole > 0 else { return counts }
        var time = 0.0
        for interval in intervals {
            // The middle, so that a call on a border falls to neither side by rounding.
            let part = Int((time + Double(interval) / 2) / whole * Double(parts))
            counts[min(max(part, 0), parts - 1)] += 1
            time += Double(interval)
        }
        return counts
    }

    /// 1 less the coefficient of variation of the histogram.
    private static func evenness(_ intervals: [Float]) -> Double {
        let counts = histogram(intervals)
        let mean = Double(intervals.count) / Double(parts)
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(parts)
        return max(0, 1 - variance.squareRoot() / mean)
    }

    /// The share of the parts in which somebody called.
    private static func presence(_ intervals: [Float]) -> Double {
        Double(histogram(intervals).count { $0 > 0 }) / Double(parts)
    }

    /// How values lie around their median.
    private struct Spread {
        let median: Double
        /// The median absolute deviation as a share of the median, at most 1.
        let dispersion: Double
        /// Bowley's measure of skewness, from -1 to 1.
        let skewness: Double

        /// Of 1 for values that are all the same.
        var regularity: Double { (1 - abs(skewness) + 1 - dispersion) / 2 }

        init(_ values: [Float]) {
            let sorted = values.sorted()
            let middle = Self.quantile(0.5, of: sorted)
            let (low, high) = (Self.quantile(0.25, of: sorted), Self.quantile(0.75, of: sorted))
            let deviations = values.map { abs($0 - Float(middle)) }.sorted()
            median = middle
            dispersion = middle > 0 ? min(1, Self.quantile(0.5, of: deviations) / middle) : 1
            let isFlat = high - low <= middle * Rhythm.noise
            skewness = isFlat ? 0 : (low + high - 2 * middle) / (high - low)
        }

        private static func quantile(_ share: Double, of sorted: [Float]) -> Double {
            guard let last = sorted.indices.last else { return 0 }
            let place = share * Double(last)
            let index = min(Int(place), last)
            let next = min(index + 1, last)
            return Double(sorted[index]) + (place - Double(index)) * (Double(sorted[next]) - Double(sorted[index]))
        }
    }
}
