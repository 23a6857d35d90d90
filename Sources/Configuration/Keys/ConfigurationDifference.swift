package import Declarations

/// A key whose value is another in another configuration.
package struct ConfigurationDifference: Hashable, Sendable {
    /// Its path, such as `log.level`.
    package var key: String
    /// When the other value takes effect in a running agent.
    package var effect: ConfigurationKey.Effect
    package var old: WrittenValue
    package var new: WrittenValue
}

extension Configuration {
    /// The keys that are otherwise in another configuration, in the order of the schema.
    package func differences(to other: Configuration) -> [ConfigurationDifference] {
        ConfigurationSchema.keys.compactMap { key in
            let (old, new) = (key.value(in: self), key.value(in: other))
            return old == new ? nil : ConfigurationDifference(key: key.path, effect: key.effect, old: old, new: new)
        }
    }

    /// What is in force in an agent that runs by this configuration, and is told to go by another: of the other one what takes
    /// effect at once, of this one the rest.
    package func reloading(_ other: Configuration) -> Configuration {
        var result = self
        for key in ConfigurationSchema.keys where key.effect == .atOnce { key.copy(other, &result) }
        return result
    }
}
