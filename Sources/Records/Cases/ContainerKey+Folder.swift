package import Containers

extension ContainerKey {
    /// What the folder of its packets is called: the first digits of an identifier that is a digest. Any other is chosen by people,
    /// and two may begin with the same.
    package var folder: String {
        let digits = identifier.utf8
        let isDigest =
            digits.count == 64 && digits.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 || 0x41...0x46 ~= $0 }
        return isDigest ? String(identifier.prefix(12)) : identifier
    }
}
