#ifndef CLINUX_KERNELFILES_H
#define CLINUX_KERNELFILES_H

#include <stdbool.h>
#include <stdint.h>

/// Opens `name` below `directory` without reading it, only to ask about it or to open what is below it; -1 with errno(3).
///
/// openat(2) with O_PATH, which glibc declares with _GNU_SOURCE only. A FIFO or a device is not touched by it, and a symbolic
/// link at the end is opened itself.
int CLinux_openPath(int directory, const char *name);

/// AT_FDCWD, a cast that Swift does not import.
int CLinux_currentDirectory(void);

/// Whether `descriptor`, which may be one of CLinux_openPath, is a file of nsfs: a namespace of whatever kind. statfs(2).
bool CLinux_isOnNsfs(int descriptor);

/// Whether `descriptor` is on a cgroup v2 hierarchy. statfs(2), CGROUP2_SUPER_MAGIC.
bool CLinux_isOnCgroup2(int descriptor);

/// Opens the v2 control group of this identifier, as sock_diag and inode numbers have it, for its path only; -1 with errno(3):
/// ESTALE when there is none, EPERM without CAP_DAC_READ_SEARCH. `mount` is any open file of the hierarchy.
///
/// open_by_handle_at(2) with the handle that kernfs makes of its identifiers, since Linux 5.5 (fs/kernfs/mount.c).
int CLinux_openControlGroup(int mount, uint64_t identifier);

#endif
