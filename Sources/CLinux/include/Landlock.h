#ifndef CLINUX_LANDLOCK_H
#define CLINUX_LANDLOCK_H

#include <stdbool.h>
#include <stdint.h>

/// What may be done with files at a place and below it. The numbers are ours; landlock(7) has the rights that each stands for.
enum CLinux_Access {
    /// To open files for reading.
    CLinux_Access_read = 1,
    /// To list folders.
    CLinux_Access_list = 2,
    /// To open files for writing, and to shorten them.
    CLinux_Access_write = 4,
    /// To make files, and to delete them.
    CLinux_Access_make = 8,
    /// To make and delete folders, and to link and move files from one to another.
    CLinux_Access_arrange = 16,
};

/// The version of Landlock's interface that the kernel has; -1 with errno(3) where it has none (ENOSYS), was started without it
/// (EOPNOTSUPP), or somebody keeps us from asking (EPERM).
int CLinux_landlockVersion(void);

/// Begins a set of rules, whose descriptor must be closed; -1 with errno(3).
///
/// What it refuses, where no rule allows it: to run a program, to write, make, delete, move or shorten files, or to connect over TCP;
/// and, where `isReading`, to read and list, to serve over TCP, to reach abstract sockets, and to signal other processes. Of that
/// whatever the kernel's version knows.
int CLinux_landlockRules(bool isReading);

/// Allows `access`, of `CLinux_Access`, at a path and below it; of a file what makes sense of a file. What cannot be found, and a pipe by its
/// number, needs no rule. 0, or -1 with errno(3).
int CLinux_landlockAllow(int rules, bool isReading, const char *path, uint32_t access);

/// Binds the calling thread, and those it makes from then on, to the rules, for good. It must have no new privileges. 0, or -1 with errno(3).
int CLinux_landlockBegin(int rules);

#endif
