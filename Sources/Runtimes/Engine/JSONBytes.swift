import FoundationEssentials

/// Reads JSON that a runtime said; nil when it is not what it should be.
func decoded<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) -> Value? {
    try? JSONDecoder().decode(type, from: Data(bytes))
}
