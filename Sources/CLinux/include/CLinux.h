#ifndef CLINUX_H
#define CLINUX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "Capabilities.h"
#include "Events.h"
#include "KernelFiles.h"
#include "Landlock.h"
#include "Memory.h"
#include "Namespaces.h"
#include "Netlink.h"
#include "PacketSocket.h"
#include "Probes.h"
#include "SystemCallFilter.h"
#include "Terminal.h"

/// Asks the processor to bring the cache line at `address` near, for writing. Never faults.
static inline void CLinux_prefetch(const void *address) {
    __builtin_prefetch(address, 1, 3);
}

/// Reserves `size` bytes of zeroed memory that cost nothing until they are touched; NULL when the kernel refuses.
///
/// mmap(2) with MAP_NORESERVE, and madvise(2) with MADV_HUGEPAGE when `huge` is true: a table of a million flows
/// misses the TLB on nearly every packet with small pages. Swift does not import the flags' casts.
void *CLinux_reserve(size_t size, bool huge);

/// Gives back what `CLinux_reserve` handed out.
void CLinux_release(void *address, size_t size);

/// Tells the kernel that these pages may be taken back and read as zero next time. madvise(2), MADV_DONTNEED.
void CLinux_forget(void *address, size_t size);

#endif
