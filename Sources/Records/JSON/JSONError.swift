/// Why text is no JSON, or none that is read here.
package enum JSONError: Error, Hashable, Sendable {
    /// Something else was due at this byte, counted from 0.
    case unexpected(at: Int)
    /// Objects and arrays in each other deeper than is followed.
    case tooDeep(at: Int)
    /// The same key twice in one object: readers disagree which of them counts.
    case repeatedKey(at: Int)
}
