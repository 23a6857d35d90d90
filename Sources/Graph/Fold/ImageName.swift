/// The repository of an image, without tag and digest, and without what Docker's own hub may be left out of a name:
/// `docker.io/library/redis:7` is `redis`.
enum ImageName {
    static func repository(of image: String) -> String? {
        var name = image[...]
        if let at = name.firstIndex(of: "@") { name = name[..<at] }
        let last = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
        // A colon before the last slash is that of a registry's port.
        if let colon = name[last...].firstIndex(of: ":") { name = name[..<colon] }
        for prefix in ["index.docker.io/", "docker.io/", "library/"] where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
        }
        return name.isEmpty ? nil : String(name)
    }

    /// The last part of a repository: what people call it.
    static func short(_ repository: String) -> String {
        guard let slash = repository.lastIndex(of: "/") else { return repository }
        let last = repository[repository.index(after: slash)...]
        return last.isEmpty ? repository : String(last)
    }
}
