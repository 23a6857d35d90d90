import Glibc

/// How long this process has worked: by the wall, and by the processor.
struct ProcessTime {
    private let wall: Double
    private let processor: Double

    static func now() -> Self {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        let wall = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Self(wall: wall, processor: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }

    /// Such as `1.24 s (1.31 s CPU)`.
    func since(_ earlier: Self) -> String {
        "\(Self.seconds(wall - earlier.wall)) (\(Self.seconds(processor - earlier.processor)) CPU)"
    }

    private static func seconds(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
    }
}
