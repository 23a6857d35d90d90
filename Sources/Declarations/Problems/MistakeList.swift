/// What is wrong with one file, as far as it is told.
package struct MistakeList {
    /// In the order they were found; at most `TextBounds.problems`.
    package private(set) var mistakes: [LocatedMistake] = []
    /// How many there are beyond those.
    package private(set) var omitted = 0

    package init() {}

    /// How many there are, told or not.
    package var count: Int { mistakes.count + omitted }

    /// Takes one in. It is not even put into words where there are too many.
    package mutating func note(_ mistake: @autoclosure () -> LocatedMistake) {
        if mistakes.count < TextBounds.problems {
            mistakes.append(mistake())
        } else {
            omitted += 1
        }
    }
}

extension Rejection {
    /// Takes over what is wrong with a file, in the order of its lines.
    package mutating func add(_ list: MistakeList, of file: String) {
        let ordered = list.mistakes.enumerated().sorted { left, right in
            left.element.place != right.element.place
                ? left.element.place < right.element.place : left.offset < right.offset
        }
        for mistake in ordered { add(FileProblem(file: file, mistake.element)) }
        omit(list.omitted)
    }
}
