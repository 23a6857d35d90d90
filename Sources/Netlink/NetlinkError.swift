/// Why the kernel could not be asked, or what it refused.
package enum NetlinkError: Error, Hashable, Sendable {
    /// A system call failed: `operation` is what was done, `code` as errno(3).
    case system(operation: String, code: Int32)
    /// The kernel answered with an error, and with its own words where it has some (NLMSGERR_ATTR_MSG).
    case refused(operation: String, code: Int32, message: String?)
    /// An answer does not hold together.
    case malformed(operation: String)
}
