import Configuration
import Records

/// A configuration as one JSON object, each key where it stands in the file. As JSON is YAML, it can be read as a file again.
enum ConfigurationJSON {
    /// All keys, those with their default among them; sizes and times as files spell them.
    static func line(_ configuration: Configuration) -> JSONBuffer {
        var json = JSONBuffer()
        json.beginLine()
        write("", of: configuration, to: &json)
        json.endLine()
        return json
    }

    private static func write(_ section: String, of configuration: Configuration, to json: inout JSONBuffer) {
        for name in ConfigurationSchema.names(in: section) {
            let path = section.isEmpty ? name : "\(section).\(name)"
            json.key(escaping: name)
            if let key = ConfigurationSchema.key(path) {
                write(key.value(in: configuration), to: &json)
            } else {
                let object = json.beginElement()
                write(path, of: configuration, to: &json)
                json.end(object)
            }
        }
    }

    private static func write(_ value: ConfigurationValue, to json: inout JSONBuffer) {
        switch value {
        case .number(let number): json.value(number)
        case .text(let text): json.value(text)
        case .list(let values): json.value(list: values) { write($1, to: &$0) }
        }
    }
}
