/// A word of a filter's text: `not`, `port=53`, or something that is neither.
struct FilterWord {
    /// Before the first `=`, or the whole.
    var key: String
    var keyRange: Range<Int>
    /// Behind it, without quotes; nil where there is no `=`.
    var value: String?
    var valueRange: Range<Int>
}
