#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H

#include <stdbool.h>
#include <stdint.h>

/// Whether allocations are counted: a sanitizer needs malloc(3) for itself.
bool AllocationCount_isAvailable(void);

/// How often this thread has asked for memory so far: malloc(3) and all that is made of it, free(3) not.
uint64_t AllocationCount_ofThread(void);

#endif
