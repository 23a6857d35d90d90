#define _GNU_SOURCE
#include "CLinux.h"

#include <sys/mman.h>

void *CLinux_reserve(size_t size, bool huge) {
    void *address = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (address == MAP_FAILED) {
        return NULL;
    }
    if (huge) {
        madvise(address, size, MADV_HUGEPAGE);
    }
    return address;
}

void CLinux_release(void *address, size_t size) {
    munmap(address, size);
}

void CLinux_forget(void *address, size_t size) {
    madvise(address, size, MADV_DONTNEED);
}
