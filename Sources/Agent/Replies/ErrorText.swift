package import HTTP
import Records

/// What went wrong, as one JSON object on a line.
package enum ErrorText {
    package static func line(_ message: String) -> [UInt8] {
        var json = JSONBuffer(capacity: 128)
        json.beginLine()
        let error = json.beginObject("error")
        json.pair("message", message)
        json.end(error)
        json.endLine()
        return json.bytes
    }

    /// What such a line says; nil when it is none. It is whatever the other end wrote.
    package static func message(_ line: [UInt8]) -> String? {
        guard case .object(let fields)? = try? JSONReader.read(line.span), case .object(let error)? = fields["error"],
            case .string(let message)? = error["message"]
        else { return nil }
        return message
    }
}

extension HTTPReply {
    /// To whoever asks for what is stored, where nothing is.
    package static var nothingRemembered: Self {
        .refusal(503, "nothing is remembered: there is no database, or it fails")
    }
}
