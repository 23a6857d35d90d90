/// Something in a file that is not right, with what may mend it.
package struct FileProblem: Hashable, Sendable {
    /// The path of the file, as it was opened.
    package var file: String
    /// Where in it; nil when it is the file itself.
    package var place: TextPlace?
    /// The path of the key it concerns, such as `capture.buffer_size`; empty when it concerns none.
    package var key: String
    /// What is wrong, without the place, on one line.
    package var message: String
    /// What was perhaps meant; nil when that cannot be guessed.
    package var suggestion: String?

    /// One with the file as a whole: it is not there, or cannot be read.
    package init(file: String, _ message: String) {
        self.file = file
        self.key = ""
        self.message = message
    }

    package init(file: String, _ mistake: LocatedMistake) {
        self.file = file
        place = mistake.place
        key = mistake.key
        message = mistake.message
        suggestion = mistake.suggestion
    }
}

extension FileProblem: CustomStringConvertible {
    /// One line, as compilers print theirs: `portolan.yaml:12:3: unknown key "bufer_size" in capture; did you mean "buffer_size"?`.
    package var description: String {
        let position = place.map { ":\($0.line):\($0.column)" } ?? ""
        let advice = suggestion.map { "; did you mean \(Quoted.text($0))?" } ?? ""
        return "\(file)\(position): \(message)\(advice)"
    }
}
