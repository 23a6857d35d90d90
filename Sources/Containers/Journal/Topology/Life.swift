import Addressing

/// While something was there that leads to a namespace, as far as was told.
///
/// The kernel gives the number of a namespace that is gone to the next one at once. So what leads to a number tells whose it
/// was only for as long as it leads there: who was in it before, or came after, was in another.
struct Life {
    var from: Timestamp
    /// Nil while it is there.
    var until: Timestamp?
}
