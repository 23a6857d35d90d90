#include "Memory.h"

#include <malloc.h>

void CLinux_keepHeaps(int most, int largeBlock) {
    mallopt(M_ARENA_MAX, most);
    // By default the bound rises to 32 MiB with what is freed, and then large blocks tear holes into the heaps.
    mallopt(M_MMAP_THRESHOLD, largeBlock);
    mallopt(M_TRIM_THRESHOLD, largeBlock);
}
