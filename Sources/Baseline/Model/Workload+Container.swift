package import Containers

extension Workload {
    /// What a container is; nil where nothing says it.
    package init?(_ container: Container) {
        let description = container.description
        self.init()
        for key in Self.labelKeys {
            guard let value = description.labels[key].flatMap({ PlainText.of($0) }) else { continue }
            labels.append(Label(key: key, value: value))
        }
        namespace = description.podNamespace.flatMap { PlainText.of($0) }
        if let pod = description.pod {
            if labels.isEmpty { self.pod = PlainText.of(PodName.base(of: pod)) }
            if labels.isEmpty, self.pod == nil { return nil }
            return
        }
        // What holds the namespaces of others has an image that says nothing of them.
        if !description.isSandbox { image = description.image.flatMap { PlainText.of(ImageName.base(of: $0)) } }
        if image == nil, labels.isEmpty { return nil }
    }
}
