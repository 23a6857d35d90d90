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
}
