/// Why a configuration is none: all that is wrong with its files.
package struct ConfigurationRejection: Error, Hashable, Sendable {
    /// In the order of files, and of lines where a file could be read to its end; at most 100.
    package internal(set) var problems: [ConfigurationProblem] = []
    /// Problems beyond those.
    package internal(set) var omitted = 0
    /// Whether a file that should be there is not, or cannot be read.
    package internal(set) var isUnreadable = false

    mutating func add(_ problem: ConfigurationProblem) {
        if problem.place == nil { isUnreadable = true }
        if problems.count < ConfigurationBounds.problems {
            problems.append(problem)
        } else {
            omitted += 1
        }
    }

    /// Counts problems that nobody put into words.
    mutating func omit(_ count: Int) { omitted += count }
}

extension ConfigurationRejection: CustomStringConvertible {
    /// A line for each problem, and one for those that are left out.
    package var lines: [String] {
        problems.map(\.description) + (omitted > 0 ? ["and \(omitted) more"] : [])
    }

    package var description: String { lines.joined(separator: "\n") }
}
