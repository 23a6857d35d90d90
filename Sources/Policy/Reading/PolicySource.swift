package import Declarations

/// Where a policy is read from.
package enum PolicySource: Hashable, Sendable {
    /// A file of its own, with the policy's keys at its top, or a whole configuration, of which the section counts.
    case file(String)
    /// The section `policy` of files, the configuration's; what a later one says of a key replaces what an earlier one said.
    case sections([String])
}

extension DeclaredPolicy {
    /// Reads a policy. Throws all problems of all files: only one without problems becomes a value, and whoever reads anew while
    /// running goes on with the policy there was.
    package static func read(
        _ source: PolicySource,
        catalog: RuleCatalog = RuleCatalog()
    ) throws(Rejection) -> DeclaredPolicy {
        var reader = PolicyReader(catalog: catalog)
        reader.read(source)
        guard reader.rejection.problems.isEmpty else { throw reader.rejection }
        return reader.policy
    }
}
