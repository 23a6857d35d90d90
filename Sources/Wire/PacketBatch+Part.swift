/// Batches in parts.
extension PacketBatch {
    /// Takes a part of another batch in place of what was here.
    public mutating func take(_ range: Range<Int>, of other: borrowing PacketBatch) {
        precondition(range.count <= Self.capacity && range.upperBound <= other.count)
        count = range.count
        for index in 0..<count {
            self[index] = other[range.lowerBound + index]
        }
    }
}
