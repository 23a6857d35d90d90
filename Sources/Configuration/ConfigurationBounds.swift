/// How many files there are to a configuration. What is read of one, `TextBounds` says.
package enum ConfigurationBounds {
    /// Files of `conf.d`; where there are more, none is good.
    package static var files: Int { 64 }
    /// Names in `conf.d`, whatever they end in; where there are more, it is not read.
    static var names: Int { 4096 }
}
