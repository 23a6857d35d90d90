/// How much a runtime may say. What is kept of it has the bounds that other runtimes have.
enum CRIBounds {
    /// Bytes of one answer, as large as the kubelet takes them; a larger one is no answer.
    static var message: Int { 16 << 20 }
    /// Containers that are waited for because the kernel shows them; further ones wait for the sweep.
    static var expected: Int { 16_384 }
    /// Times a list is asked for anew because one of them is not in it.
    static var tries: Int { 8 }
}
