/// What is read at most, whatever somebody put into the files.
package enum ConfigurationBounds {
    /// Bytes of a file; a longer one is refused.
    package static var fileLength: Int { 1 << 20 }
    /// Files of `conf.d`; where there are more, none is good.
    package static var files: Int { 64 }
    /// Names in `conf.d`, whatever they end in; where there are more, it is not read.
    static var names: Int { 4096 }
    /// Problems that are told; more are counted.
    package static var problems: Int { 100 }
    /// Bytes of a value.
    package static var textLength: Int { 4096 }
    /// Brackets that open a list or a mapping in a file. What lies inside them may be compared as a whole, so their depth counts.
    static var brackets: Int { 1024 }
    /// Keys that stand twice in a file and are told, each at its place. For each the file is parsed anew.
    static var duplicates: Int { 16 }
    /// Bytes of a file that is parsed anew; in a longer one the first such key is told, and nothing else.
    static var lengthForDuplicates: Int { 1 << 16 }
}
