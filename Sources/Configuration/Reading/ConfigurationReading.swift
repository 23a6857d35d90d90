/// What the files say, as long as nothing is wrong with them.
package struct ConfigurationReading: Hashable, Sendable {
    package internal(set) var configuration = Configuration()
    /// The paths of the files that were read, in their order.
    package internal(set) var files: [String] = []
}

extension Configuration {
    /// Reads a file and those of `conf.d` beside it, in the order of the bytes of their names. What a later file says of a key
    /// replaces what an earlier one said; a list is replaced whole.
    ///
    /// Throws all problems of all files. Whoever reads anew while running goes on with the configuration there was: only one
    /// without problems becomes a value.
    package static func read(_ source: ConfigurationSource) throws(ConfigurationRejection) -> ConfigurationReading {
        var reader = ConfigurationReader()
        reader.read(source)
        guard reader.rejection.problems.isEmpty else { throw reader.rejection }
        return reader.reading
    }
}
