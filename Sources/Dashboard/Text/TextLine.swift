/// A line of a text, in pieces.
struct TextLine: Sendable {
    var pieces: [(text: String, role: Role)]

    init(_ text: String, _ role: Role = .plain) {
        pieces = [(text, role)]
    }

    init(_ pieces: [(text: String, role: Role)]) {
        self.pieces = pieces
    }

    var text: String { pieces.reduce("") { $0 + $1.text } }
}
