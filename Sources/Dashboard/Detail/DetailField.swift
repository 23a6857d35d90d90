import Terminal

/// A fact of something: `image  postgres:16`. Without a key it is a heading.
struct DetailField: Hashable, Sendable {
    var key: String
    var value: String
    var role: Role = .plain

    init(_ key: String, _ value: String, _ role: Role = .plain) {
        self.key = key
        self.value = value
        self.role = role
    }

    static func heading(_ text: String) -> Self { Self("", text, .heading) }

    /// Lines with all values below each other, in so many columns.
    static func lines(_ fields: [Self], width: Int) -> [TextLine] {
        let widths = DisplayWidth()
        let longest = fields.map { widths.of($0.key) }.max() ?? 0
        let indent = min(longest, max(width / 3, 4)) + 2
        var lines: [TextLine] = []
        for field in fields {
            if field.key.isEmpty {
                if !lines.isEmpty { lines.append(TextLine("")) }
                lines.append(TextLine(field.value, field.role))
                continue
            }
            let room = width - indent - 1
            let values = room >= 12 ? Wrapping.lines(of: field.value, width: room) : [field.value]
            for (index, value) in values.enumerated() {
                let key = index == 0 ? field.key : ""
                let space = String(repeating: " ", count: max(indent - widths.of(key), 1))
                lines.append(TextLine([(" " + key, .quiet), (space, .plain), (value, field.role)]))
            }
        }
        return lines
    }
}
