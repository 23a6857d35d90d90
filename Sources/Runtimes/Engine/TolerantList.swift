/// A JSON array of which only the elements count that can be read. What is no array fails: an error is not an empty list.
struct TolerantList<Element: Decodable>: Decodable {
    var elements: [Element] = []

    /// Anything: an element that is passed over.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd {
            if let element = try? container.decode(Element.self) {
                elements.append(element)
            } else {
                _ = try container.decode(Anything.self)
            }
        }
    }
}
