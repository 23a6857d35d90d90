/// Which labels say whose a container is and what it is for.
///
/// Of several keys the first that is there, with something in it, counts. What stands in a label is a claim of whoever wrote it:
/// the one who made the container, or the one who built its image.
package struct LabelKeys: Hashable, Sendable {
    /// Who answers for the container.
    package var owner = ["portolan.owner"]
    /// Its part in the application it belongs to.
    package var role = ["portolan.role", "app.kubernetes.io/component"]

    package init() {}
}
