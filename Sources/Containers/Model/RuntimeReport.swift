/// What a runtime tells, as it tells it.
package enum RuntimeReport: Hashable, Sendable {
    /// It answers; everything it has is told next. `source` is what a person knows it by, such as its socket's path.
    case connected(source: String)
    /// It cannot be reached or does not answer. Told once until it is connected again.
    case unreachable(source: String, reason: String)
    /// A container there is, running or not, as far as it is known.
    case container(identifier: String, ContainerDescription)
    /// A container that is no more.
    case removed(identifier: String)
}
