package import Containers

extension Workload {
    /// What a container is; nil where nothing says it.
    package init?(_ container: Container) {
        let description = container.description
        self.init()
        for key in Self.labelKeys {
            guard let value = description.labels[key], !value.isEmpty else { continue }
            labels.append(Label(key: key, value: Self.cut(value)))
        }
        namespace = description.podNamespace.map { Self.cut($0) }
        if let pod = description.pod {
            if labels.isEmpty { self.pod = Self.cut(PodName.base(of: pod)) }
            return
        }
        // What holds the namespaces of others has an image that says nothing of them.
        if !description.isSandbox { image = description.image.map { Self.cut(ImageName.base(of: $0)) } }
        if image == nil, labels.isEmpty { return nil }
    }

    /// The beginning of a text that is too long.
    static func cut(_ text: String) -> String {
        guard text.utf8.count > BaselineBounds.text else { return text }
        var (result, length) = ("", 0)
        for character in text {
            length += character.utf8.count
            if length > BaselineBounds.text { break }
            result.append(character)
        }
        return result
    }
}
