import ArgumentParser
import Containers

/// The options of every command that tells of containers: which labels say whose one is, and what for.
struct LabelOptionsGroup: ParsableArguments {
    @Option(
        name: .customLong("owner-label"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "A label that says who answers for a container, instead of portolan.owner. Repeatable; the first that is there counts.",
            valueName: "key"
        )
    )
    var owner: [String] = []

    @Option(
        name: .customLong("role-label"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "A label that says what a container is for, instead of portolan.role and app.kubernetes.io/component. Repeatable.",
            valueName: "key"
        )
    )
    var role: [String] = []

    func validate() throws {
        if owner.contains("") { throw ValidationError("--owner-label wants the key of a label") }
        if role.contains("") { throw ValidationError("--role-label wants the key of a label") }
    }

    /// Whether any is; an agent has its own.
    var areGiven: Bool { !owner.isEmpty || !role.isEmpty }

    /// What they mean; without one the usual keys stay in force.
    var keys: LabelKeys {
        var keys = LabelKeys()
        if !owner.isEmpty { keys.owner = owner }
        if !role.isEmpty { keys.role = role }
        return keys
    }
}
