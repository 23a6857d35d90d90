#ifndef KERNEL_CALLS_H
#define KERNEL_CALLS_H

/// Who is refused a call: every thread, those that are not privileged, or those that read files of strangers.
enum KernelCallStrength { KernelCall_ofProcess, KernelCall_ofThread, KernelCall_ofReader };

/// A system call that a filter may refuse.
struct KernelCall {
    const char *name;
    long number;
    enum KernelCallStrength strength;
};

/// How many there are.
int KernelCalls_count(void);

/// One of them, from 0 on.
struct KernelCall KernelCalls_at(int index);

/// Calls it with arguments that no kernel accepts, and that do no harm; errno(3), or 0 where it took them.
int KernelCalls_try(long number);

/// clone(2) with these flags and nothing else that could succeed; errno(3).
int KernelCalls_clone(unsigned long flags);

/// clone3(2) without arguments; errno(3).
int KernelCalls_clone3(void);

/// getpid(2) as the x32 ABI numbers it; errno(3), or 0. Only on x86_64, ENOSYS elsewhere.
int KernelCalls_x32(void);

#endif
