extension CommunityID: CustomStringConvertible {
    /// `1:Fk2uThGfZzCTUWaEZzw9h00rHzs=`
    package var description: String {
        var text = JSONBuffer()
        text.append(literal: "1:")
        text.append(base64: digest.span)
        return String(decoding: text.bytes, as: UTF8.self)
    }
}
