package import Declarations

/// A key of the configuration: where it stands, what it may be, and when a change of it takes effect.
package struct ConfigurationKey: Sendable {
    /// When a changed value takes effect in a running agent.
    package enum Effect: Hashable, Sendable {
        case atOnce
        case atNextStart
    }

    /// Its sections and its name, such as `store.flows.age`.
    package let path: String
    package let effect: Effect

    /// Reads a node into a configuration; returns what is wrong with it, and then the configuration stays as it was.
    let read: @Sendable (YAMLNode, inout Configuration) -> [LocatedMistake]
    /// Takes the value of one configuration over into another.
    let copy: @Sendable (Configuration, inout Configuration) -> Void
    private let written: @Sendable (Configuration) -> WrittenValue

    /// A key of one value.
    init<Value>(
        _ path: String,
        _ value: any WritableKeyPath<Configuration, Value> & Sendable,
        _ notation: Notation<Value>,
        _ effect: Effect = .atNextStart
    ) {
        self.path = path
        self.effect = effect
        read = { node, configuration in
            do throws(LocatedMistake) {
                configuration[keyPath: value] = try notation.value(of: node, key: path)
                return []
            } catch {
                return [error]
            }
        }
        copy = { source, target in target[keyPath: value] = source[keyPath: value] }
        written = { notation.written($0[keyPath: value]) }
    }

    /// A key of a list of at most `limit` values.
    init<Value>(
        _ path: String,
        _ values: any WritableKeyPath<Configuration, [Value]> & Sendable,
        listOf notation: Notation<Value>,
        limit: Int,
        _ effect: Effect = .atNextStart
    ) {
        self.path = path
        self.effect = effect
        read = { node, configuration in
            let (list, mistakes) = notation.list(of: node, key: path, limit: limit)
            if mistakes.isEmpty { configuration[keyPath: values] = list }
            return mistakes
        }
        copy = { source, target in target[keyPath: values] = source[keyPath: values] }
        written = { .list($0[keyPath: values].map(notation.written)) }
    }

    /// What it is in a configuration.
    package func value(in configuration: Configuration) -> WrittenValue {
        written(configuration)
    }
}
