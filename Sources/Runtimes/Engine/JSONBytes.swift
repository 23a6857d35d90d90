import Containers
import FoundationEssentials

/// Reads JSON that a runtime said; nil when it is not what it should be. `keys`: which labels say what.
func decoded<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8], _ keys: LabelKeys = LabelKeys()) -> Value? {
    let decoder = JSONDecoder()
    if let key = CodingUserInfoKey.labels { decoder.userInfo[key] = keys }
    return try? decoder.decode(type, from: Data(bytes))
}

extension Decoder {
    /// Which labels say what, for those who read labels.
    var labelKeys: LabelKeys { CodingUserInfoKey.labels.flatMap { userInfo[$0] as? LabelKeys } ?? LabelKeys() }
}

extension CodingUserInfoKey {
    fileprivate static var labels: Self? { Self(rawValue: "portolan.labels") }
}
