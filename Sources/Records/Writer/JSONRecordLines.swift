/// Records as lines of JSON, as they are being written; the keys are in `Docs/Records.md`.
///
/// Keys come in a fixed order, and what is written depends on nothing but what is told. Who may see which records is
/// for `JSONRecordWriter` to say.
struct JSONRecordLines {
    var json: JSONBuffer
    /// Whether `source.domain` and `destination.domain` are written.
    var resolvesNames: Bool
}
