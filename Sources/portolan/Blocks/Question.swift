import Glibc

/// Asks the person at the terminal.
enum Question {
    /// Whether the answer is yes; an empty one, and none, is no.
    static func isAnsweredYes(_ question: String) -> Bool {
        StandardError.ask("\(question) [y/N] ")
        guard let answer = readLine(strippingNewline: true) else { return false }
        return ["y", "yes"].contains(answer.lowercased())
    }
}
