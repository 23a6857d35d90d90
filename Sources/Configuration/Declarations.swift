// Whoever reads a configuration learns what is wrong with it, and that is said in the words of that room.
@_exported public import Declarations

/// All that is wrong with the files of a configuration.
package typealias ConfigurationRejection = Rejection
/// The value of a key as a file spells it.
package typealias ConfigurationValue = WrittenValue
