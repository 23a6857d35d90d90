extension Dashboard {
    /// Says something in one line, until the next key.
    package mutating func say(_ text: String) { message = Message(text: text) }
}
