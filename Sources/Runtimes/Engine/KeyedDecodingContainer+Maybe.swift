extension KeyedDecodingContainer {
    /// What a field holds, or nil where it is absent, null or something else: runtimes differ, and one field is not worth the rest.
    func maybe<Value: Decodable>(_ key: Key, as type: Value.Type = Value.self) -> Value? {
        try? decodeIfPresent(type, forKey: key)
    }
}
