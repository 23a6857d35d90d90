#ifndef CLINUX_NAMESPACES_H
#define CLINUX_NAMESPACES_H

#include <stdbool.h>

/// Moves the calling thread into the network namespace that `descriptor` refers to; 0, or -1 with errno(3).
///
/// setns(2), which glibc declares with _GNU_SOURCE only; it fails with EINVAL when the file is no network namespace.
int CLinux_enterNetworkNamespace(int descriptor);

/// Gives the calling thread a new network namespace of its own; 0, or -1 with errno(3). unshare(2).
int CLinux_newNetworkNamespace(void);

/// Whether `descriptor` refers to a network namespace, and not to another file. ioctl_ns(2), NS_GET_NSTYPE.
bool CLinux_isNetworkNamespace(int descriptor);

/// The calling thread's number. gettid(2).
int CLinux_threadIdentifier(void);

#endif
