/// Whether the policy lets the ends of a flow be asked for names; nil where it does not say.
struct ResolverEnds: Sendable {
    var source: Bool?
    var destination: Bool?
}
