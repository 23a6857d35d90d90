/// Names of images as runtimes are asked for them: `registry.example:5000/shop/api:1.4@sha256:…`.
enum ImageName {
    /// The name without tag and digest.
    static func base(of image: String) -> String {
        let name = image.prefix { $0 != "@" }
        let last = name.lastIndex(of: "/") ?? name.startIndex
        // A colon before the last slash is that of the registry's port.
        guard let colon = name[last...].lastIndex(of: ":") else { return String(name) }
        return String(name[..<colon])
    }

    /// Patterns of all images with a name, whatever their tag or digest; none where the name has a star, which no name may have.
    static func patterns(of base: String) -> [String] {
        base.utf8.contains(UInt8(ascii: "*")) ? [] : [base, "\(base):*", "\(base)@*"]
    }
}
