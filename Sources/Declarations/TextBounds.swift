/// What is read at most of a file that people write, whatever somebody put into it.
package enum TextBounds {
    /// Bytes of a file; a longer one is refused.
    package static var fileLength: Int { 1 << 20 }
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
