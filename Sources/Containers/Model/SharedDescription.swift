/// A description on the heap: a container is remembered in several places and copied often, and most of it is this.
final class SharedDescription: Hashable, Sendable {
    let value: ContainerDescription

    /// Of whatever nothing is known.
    static let none = SharedDescription(ContainerDescription())
    /// Where no more is known than what its control group's name tells, all are the same.
    private static let ofRuntimes = ContainerRuntime.allCases.map { runtime in
        var description = ContainerDescription()
        description.runtime = runtime
        return SharedDescription(description)
    }

    private init(_ value: ContainerDescription) {
        self.value = value
    }

    /// One that is there already, or a new one.
    static func of(_ value: ContainerDescription) -> SharedDescription {
        if value.name != nil { return SharedDescription(value) }
        return none.value == value ? none : ofRuntimes.first { $0.value == value } ?? SharedDescription(value)
    }

    static func == (left: SharedDescription, right: SharedDescription) -> Bool {
        left === right || left.value == right.value
    }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
