#define _GNU_SOURCE
#include "KernelCalls.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OF_PROCESS(name) {#name, SYS_##name, KernelCall_ofProcess}
#define OF_THREAD(name) {#name, SYS_##name, KernelCall_ofThread}
#define OF_READER(name) {#name, SYS_##name, KernelCall_ofReader}

static const struct KernelCall calls[] = {
    OF_PROCESS(execve), OF_PROCESS(execveat), OF_PROCESS(ptrace), OF_PROCESS(process_vm_readv),
    OF_PROCESS(process_vm_writev), OF_PROCESS(kexec_load), OF_PROCESS(kexec_file_load), OF_PROCESS(init_module),
    OF_PROCESS(finit_module), OF_PROCESS(delete_module), OF_PROCESS(mount), OF_PROCESS(umount2), OF_PROCESS(pivot_root),
    {"move_mount", 429, KernelCall_ofProcess}, {"open_tree", 428, KernelCall_ofProcess}, {"fsopen", 430, KernelCall_ofProcess}, {"fsconfig", 431, KernelCall_ofProcess},
    {"fsmount", 432, KernelCall_ofProcess}, {"fspick", 433, KernelCall_ofProcess}, {"mount_setattr", 442, KernelCall_ofProcess}, OF_PROCESS(swapon), OF_PROCESS(swapoff),
    OF_PROCESS(reboot), OF_PROCESS(acct), OF_PROCESS(settimeofday), OF_PROCESS(clock_settime), OF_PROCESS(adjtimex),
    OF_PROCESS(clock_adjtime), OF_PROCESS(add_key), OF_PROCESS(request_key), OF_PROCESS(keyctl), OF_PROCESS(userfaultfd),
    OF_PROCESS(bpf), OF_PROCESS(perf_event_open), {"io_uring_setup", 425, KernelCall_ofProcess}, OF_PROCESS(chroot), OF_PROCESS(sethostname),
    OF_PROCESS(setdomainname), OF_PROCESS(personality), OF_PROCESS(quotactl), OF_PROCESS(name_to_handle_at),
#ifdef SYS_iopl
    OF_PROCESS(iopl), OF_PROCESS(ioperm),
#endif
    OF_THREAD(setns), OF_THREAD(unshare), OF_THREAD(open_by_handle_at), OF_THREAD(setuid), OF_THREAD(setgid),
    OF_THREAD(setreuid), OF_THREAD(setregid), OF_THREAD(setresuid), OF_THREAD(setresgid), OF_THREAD(setfsuid),
    OF_THREAD(setfsgid), OF_THREAD(setgroups),
    OF_READER(socket), OF_READER(socketpair), OF_READER(connect), OF_READER(bind), OF_READER(listen), OF_READER(accept),
    OF_READER(accept4), OF_READER(sendto), OF_READER(sendmsg), OF_READER(sendmmsg), OF_READER(shmget), OF_READER(shmat),
    OF_READER(semget), OF_READER(mq_open), {"pidfd_open", 434, KernelCall_ofReader}, {"pidfd_getfd", 438, KernelCall_ofReader},
    OF_READER(kcmp), OF_READER(fchownat), OF_READER(fchmodat), OF_READER(mknodat), OF_READER(linkat), OF_READER(symlinkat),
    OF_READER(setxattr), OF_READER(lsetxattr), OF_READER(fsetxattr), OF_READER(fanotify_init), OF_READER(inotify_init1),
    OF_READER(syslog), OF_READER(fchown), OF_READER(utimensat), OF_READER(removexattr), OF_READER(fremovexattr),
    {"fchmodat2", 452, KernelCall_ofReader}, {"setxattrat", 463, KernelCall_ofReader}, {"file_setattr", 469, KernelCall_ofReader},
    {"pidfd_send_signal", 424, KernelCall_ofReader}, OF_READER(kill), OF_READER(tkill), OF_READER(rt_sigqueueinfo),
    OF_READER(setpriority), OF_READER(ioprio_set), OF_READER(sched_setaffinity), OF_READER(sched_setscheduler),
    // Those that are allowed with other arguments.
    OF_READER(tgkill), OF_READER(prlimit64),
#ifdef SYS_inotify_init
    OF_READER(inotify_init), OF_READER(utimes),
#endif
};

int KernelCalls_count(void) {
    return sizeof calls / sizeof *calls;
}

struct KernelCall KernelCalls_at(int index) {
    return calls[index];
}

int KernelCalls_try(long number) {
    return syscall(number, -1L, -1L, -1L, -1L, -1L, -1L) < 0 ? errno : 0;
}

int KernelCalls_clone(unsigned long flags) {
    // A thread that shares no signal handlers is one that no kernel makes.
    return syscall(SYS_clone, flags | CLONE_THREAD, 0L, 0L, 0L, 0L) < 0 ? errno : 0;
}

int KernelCalls_clone3(void) {
    return syscall(435, NULL, 0L) < 0 ? errno : 0;
}

int KernelCalls_x32(void) {
#ifdef __x86_64__
    return syscall(0x40000000L | SYS_getpid) < 0 ? errno : 0;
#else
    return ENOSYS;
#endif
}
