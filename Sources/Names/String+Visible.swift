extension String {
    /// The same with `?` for everything that is not visible ASCII, cut after `limit` characters.
    ///
    /// A name from a file may hold line ends, escape sequences of terminals, or letters that look like others.
    init(visible text: String, limit: Int) {
        self.init()
        for scalar in text.unicodeScalars.prefix(limit) {
            unicodeScalars.append((0x21..<0x7f).contains(scalar.value) ? scalar : "?")
        }
    }
}
