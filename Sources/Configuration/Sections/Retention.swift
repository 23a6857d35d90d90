/// How much of one kind is kept: what passes either measure goes, the oldest first.
package struct Retention: Hashable, Sendable {
    /// From an hour to 3,650 days, in whole seconds.
    package var age: Duration
    /// Bytes; from 1 MiB to 64 TiB.
    package var size: Int

    package init(age: Duration, size: Int) {
        self.age = age
        self.size = size
    }

    init(days: Int, size: Int) {
        self.init(age: .seconds(days * 86_400), size: size)
    }
}
