#ifndef CLINUX_MEMORY_H
#define CLINUX_MEMORY_H

/// How the C library keeps memory that is free: in at most so many heaps, and blocks of at least so many bytes not at all.
/// mallopt(3), which Swift does not import.
void CLinux_keepHeaps(int most, int largeBlock);

#endif
