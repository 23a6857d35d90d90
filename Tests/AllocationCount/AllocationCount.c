// Takes the place of the C library's malloc(3) in the program it is linked into, and counts. glibc has no hooks any more
// (2.34), but lets a program define these functions and calls them everywhere; its own stay reachable by other names.

#include "AllocationCount.h"

#include <errno.h>
#include <stddef.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *address, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *address);

static _Thread_local uint64_t allocations;

uint64_t AllocationCount_ofThread(void) {
    return allocations;
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif

#ifdef SANITIZED

bool AllocationCount_isAvailable(void) {
    return false;
}

#else

bool AllocationCount_isAvailable(void) {
    return true;
}

void *malloc(size_t size) {
    allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *address, size_t size) {
    allocations++;
    return __libc_realloc(address, size);
}

void *memalign(size_t alignment, size_t size) {
    allocations++;
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    allocations++;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **address, size_t alignment, size_t size) {
    allocations++;
    void *memory = __libc_memalign(alignment, size);
    if (memory == NULL) {
        return ENOMEM;
    }
    *address = memory;
    return 0;
}

void free(void *address) {
    __libc_free(address);
}

#endif
