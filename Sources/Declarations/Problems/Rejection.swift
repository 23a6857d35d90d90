/// Why files are not gone by: all that is wrong with them.
package struct Rejection: Error, Hashable, Sendable {
    /// In the order of files, and of lines where a file could be read to its end; at most 100.
    package private(set) var problems: [FileProblem] = []
    /// Problems beyond those.
    package private(set) var omitted = 0
    /// Whether a file that should be there is not, or cannot be read.
    package private(set) var isUnreadable = false

    package init() {}

    /// `isRead`: the file could be read, though it is not known where in it the problem is.
    package mutating func add(_ problem: FileProblem, isRead: Bool = false) {
        if problem.place == nil, !isRead { isUnreadable = true }
        if problems.count < TextBounds.problems {
            problems.append(problem)
        } else {
            omitted += 1
        }
    }

    /// Counts problems that nobody put into words.
    package mutating func omit(_ count: Int) { omitted += count }
}

extension Rejection: CustomStringConvertible {
    /// A line for each problem, and one for those that are left out.
    package var lines: [String] {
        problems.map(\.description) + (omitted > 0 ? ["and \(omitted) more"] : [])
    }

    package var description: String { lines.joined(separator: "\n") }
}
