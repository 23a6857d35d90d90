#ifndef CLINUX_CAPABILITIES_H
#define CLINUX_CAPABILITIES_H

#include <stdint.h>

/// Takes from the calling thread, for good, every capability whose bit is not in `kept`; 0, or -1 with errno(3).
///
/// The other threads keep theirs: capset(2) is of a thread, and glibc has no function for it.
int CLinux_keepCapabilities(uint64_t kept);

#endif
