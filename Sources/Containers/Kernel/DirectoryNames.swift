import Glibc

/// The names in a directory, one after the other, without `.` and `..`; closes it in the end. readdir(3).
@safe package struct DirectoryNames: ~Copyable {
    private let stream: OpaquePointer

    /// Names the directory's own descriptor for openat(2): valid as long as this.
    package let descriptor: Int32

    /// A symbolic link at the end of `name` is not followed.
    package init(_ name: String, in directory: Int32) throws(KernelFileError) {
        let descriptor = unsafe openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw KernelFileError(path: name, code: errno) }
        guard let stream = unsafe fdopendir(descriptor) else {
            let code = errno
            close(descriptor)
            throw KernelFileError(path: name, code: code)
        }
        unsafe self.stream = stream
        self.descriptor = descriptor
    }

    deinit {
        unsafe closedir(stream)
    }

    /// The next name and its kind (DT_DIR and so on); nil at the end, or when the directory has gone meanwhile.
    package mutating func next() -> (name: String, kind: UInt8)? {
        while let entry = unsafe readdir(stream) {
            let kind = unsafe entry.pointee.d_type
            // SAFETY: the kernel ends the name with a zero within the record, which lives until the next readdir or
            // closedir.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { start in
                unsafe start.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { return (name, kind) }
        }
        return nil
    }
}
