/// The files of a merge: what an array would be if it could hold values that cannot be copied.
@safe struct MergeSources: ~Copyable {
    private let base: UnsafeMutablePointer<MergeSource>
    private let capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        unsafe base = .allocate(capacity: capacity)
    }

    deinit {
        unsafe base.deinitialize(count: count)
        unsafe base.deallocate()
    }

    mutating func append(_ source: consuming MergeSource) {
        precondition(count < capacity)
        unsafe (base + count).initialize(to: source)
        count += 1
    }

    subscript(index: Int) -> MergeSource {
        _read {
            precondition(index >= 0 && index < count)
            yield unsafe base[index]
        }
        _modify {
            precondition(index >= 0 && index < count)
            yield unsafe &base[index]
        }
    }
}
