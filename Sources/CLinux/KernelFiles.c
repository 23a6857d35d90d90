#define _GNU_SOURCE
#include "KernelFiles.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/vfs.h>

int CLinux_openPath(int directory, const char *name) {
    return openat(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

int CLinux_currentDirectory(void) {
    return AT_FDCWD;
}

bool CLinux_isOnNsfs(int descriptor) {
    struct statfs volume;
    return fstatfs(descriptor, &volume) == 0 && volume.f_type == NSFS_MAGIC;
}

bool CLinux_isOnCgroup2(int descriptor) {
    struct statfs volume;
    return fstatfs(descriptor, &volume) == 0 && volume.f_type == CGROUP2_SUPER_MAGIC;
}

int CLinux_openControlGroup(int mount, uint64_t identifier) {
    // FILEID_KERNFS of linux/exportfs.h, which is not among the headers for programs. The number is part of what name_to_handle_at(2)
    // hands out and so does not change.
    enum { fileidKernfs = 0xfe };
    union {
        struct file_handle handle;
        unsigned char room[sizeof(struct file_handle) + sizeof(uint64_t)];
    } u;
    memset(&u, 0, sizeof u);
    u.handle.handle_bytes = sizeof identifier;
    u.handle.handle_type = fileidKernfs;
    memcpy(u.handle.f_handle, &identifier, sizeof identifier);
    return open_by_handle_at(mount, &u.handle, O_PATH | O_CLOEXEC);
}
