package import Addressing
package import Baseline
package import Containers
package import Detection
package import Records

/// Something that a baseline is taught by: of what passes, of a capture, or as it is remembered.
package enum Lesson {
    case conversation(BaselineObservation)
    case answer(NameAnswer)
    /// A name that is remembered of a conversation with a resolver, where answers are not.
    case lookup(BaselineLookup)
    case entry(JournalEntry)
    /// An entry from before the time that is learned of, which begins with `beginning`.
    case earlier(JournalEntry)
    case beginning(Timestamp)
    case gap(CaptureGap)
    /// What payloads say, names among it, is left out from now on.
    case namesLeftOut(DetailChange)
}
