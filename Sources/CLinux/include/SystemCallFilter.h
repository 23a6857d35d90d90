#ifndef CLINUX_SYSTEM_CALL_FILTER_H
#define CLINUX_SYSTEM_CALL_FILTER_H

#include <stdbool.h>

/// Makes sure that no execve(2) of the calling thread, or of those it makes, gives more rights; 0, or -1 with errno(3).
///
/// prctl(2), PR_SET_NO_NEW_PRIVS: variadic, which Swift cannot call. seccomp(2) wants it of whoever is not root.
int CLinux_noNewPrivileges(void);

/// Whether the kernel filters system calls, and knows how to build for this processor.
bool CLinux_hasSystemCallFilter(void);

/// Refuses with EPERM, for all threads of the process and for good, what an agent never does: other programs, others' memory,
/// mounts, modules, clocks, keys. 0; -1 with errno(3); or the number of a thread that has a filter which this one has not.
///
/// seccomp(2), SECCOMP_FILTER_FLAG_TSYNC. Which calls, the source says.
int CLinux_filterProcess(void);

/// Refuses more, for the calling thread and those it makes from then on, and for good: to enter or make namespaces, to become
/// another user, to open files by handle. 0, or -1 with errno(3).
int CLinux_filterThread(void);

/// Refuses all that the two others do, and on top whatever speaks to anybody: sockets, queues, shared memory. For the calling thread
/// and those it makes from then on, and for good. 0, or -1 with errno(3).
int CLinux_filterReader(void);

#endif
