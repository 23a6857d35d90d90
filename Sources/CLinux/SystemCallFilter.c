#define _GNU_SOURCE
#include "SystemCallFilter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// Headers older than the kernels this runs on lack some of them. From Linux 5.0 on a number is the same everywhere.
#ifndef SYS_move_mount
#define SYS_open_tree 428
#define SYS_move_mount 429
#define SYS_fsopen 430
#define SYS_fsconfig 431
#define SYS_fsmount 432
#endif
#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef SYS_fspick
#define SYS_fspick 433
#endif
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_open 434
#define SYS_pidfd_getfd 438
#endif
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif
#ifndef SYS_setxattrat
#define SYS_setxattrat 463
#define SYS_removexattrat 466
#endif
#ifndef SYS_file_setattr
#define SYS_file_setattr 469
#endif
#ifndef SYS_open_tree_attr
#define SYS_open_tree_attr 467
#endif

// What an agent never does, on no thread.
static const uint32_t processDenied[] = {
    // To run other programs, to read and write in them.
    SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev,
    // To change the kernel, or to watch it.
    SYS_kexec_load, SYS_kexec_file_load, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_bpf, SYS_perf_event_open,
    // To change what is where in the file system.
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_move_mount, SYS_open_tree, SYS_fsopen, SYS_fsconfig, SYS_fsmount,
    SYS_fspick, SYS_mount_setattr, SYS_open_tree_attr, SYS_swapon, SYS_swapoff, SYS_quotactl, SYS_acct,
    // To change the host: its clock, its name, whether it runs.
    SYS_reboot, SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime, SYS_sethostname, SYS_setdomainname,
    // What has helped many an exploit and is of no use here.
    SYS_add_key, SYS_request_key, SYS_keyctl, SYS_userfaultfd, SYS_io_uring_setup, SYS_personality, SYS_name_to_handle_at,
#ifdef SYS_iopl
    SYS_iopl, SYS_ioperm,
#endif
};

// What the privileged thread alone does, or nobody.
static const uint32_t threadDenied[] = {
    SYS_setns, SYS_unshare, SYS_open_by_handle_at,
    SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid, SYS_setfsuid, SYS_setfsgid, SYS_setgroups,
};

// What whoever reads files and speaks to nobody does not do either. sendto and its kind also make connections of their own.
static const uint32_t readerDenied[] = {
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg, SYS_sendmmsg,
    // To reach others by memory, queues and descriptors.
    SYS_shmget, SYS_shmat, SYS_msgget, SYS_semget, SYS_mq_open, SYS_pidfd_open, SYS_pidfd_getfd, SYS_kcmp,
    // To change whose files are, what they are called by others, and what else is known of them.
    // fchmod(2) is for what it writes itself.
    SYS_fchown, SYS_fchownat, SYS_fchmodat, SYS_fchmodat2, SYS_mknodat, SYS_linkat, SYS_symlinkat, SYS_utimensat,
    SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_setxattrat, SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr, SYS_removexattrat,
    SYS_file_setattr,
#ifdef SYS_chmod
    SYS_chmod, SYS_chown, SYS_lchown, SYS_mknod, SYS_link, SYS_symlink, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
    // To end others, or to slow them down.
    SYS_kill, SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_pidfd_send_signal, SYS_setpriority, SYS_ioprio_set,
    SYS_sched_setaffinity, SYS_sched_setscheduler, SYS_sched_setparam, SYS_sched_setattr,
    // To watch what others do with files, and to read the kernel's log.
    SYS_fanotify_init, SYS_inotify_init1, SYS_syslog,
#ifdef SYS_inotify_init
    SYS_inotify_init,
#endif
};

// What types into a terminal, and into a console, as if its user had: a shell would run it. ioctl_tty(2), ioctl_console(2)
enum { typeIntoTerminal = 0x5412, commandConsole = 0x541C };

// Flags of clone(2) that make namespaces. CLONE_NEWTIME is not among them: there it is part of the signal's number.
enum {
    newNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET
};

struct program {
    struct sock_filter instructions[512];
    unsigned short length;
};

static void add(struct program *program, uint16_t code, uint32_t operand, uint8_t ifTrue, uint8_t ifFalse) {
    struct sock_filter instruction = {.code = code, .jt = ifTrue, .jf = ifFalse, .k = operand};
    program->instructions[program->length++] = instruction;
}

static void answer(struct program *program, uint32_t what) {
    add(program, BPF_RET | BPF_K, what, 0, 0);
}

static void refuse(struct program *program, uint32_t error) {
    answer(program, SECCOMP_RET_ERRNO | error);
}

static void load(struct program *program, uint32_t offset) {
    add(program, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

/// Refuses other ways into the kernel, whose numbers mean other calls, and leaves the number of the call to be looked at.
static void begin(struct program *program) {
    program->length = 0;
#ifdef OUR_ARCHITECTURE
    load(program, offsetof(struct seccomp_data, arch));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCHITECTURE, 1, 0);
    refuse(program, EPERM);
    load(program, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    // x32: the same architecture, other calls.
    add(program, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    refuse(program, EPERM);
#endif
#endif
}

static void deny(struct program *program, const uint32_t *numbers, size_t count) {
    for (size_t index = 0; index < count; index++) {
        add(program, BPF_JMP | BPF_JEQ | BPF_K, numbers[index], 0, 1);
        refuse(program, EPERM);
    }
}

/// Refuses to type into the terminal. The request is the second argument, whose lower half counts.
static void denyTyping(struct program *program) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 5);
    load(program, offsetof(struct seccomp_data, args[1]));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, typeIntoTerminal, 1, 0);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, commandConsole, 0, 1);
    refuse(program, EPERM);
    answer(program, SECCOMP_RET_ALLOW);
}

/// Refuses a call whose first argument, a process, is any but one: signals to others, and others' limits.
static void denyOthers(struct program *program, uint32_t number, uint32_t process) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, number, 0, 4);
    load(program, offsetof(struct seccomp_data, args[0]));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, process, 1, 0);
    refuse(program, EPERM);
    answer(program, SECCOMP_RET_ALLOW);
}

static int install(struct program *program, unsigned flags) {
    struct sock_fprog whole = {.len = program->length, .filter = program->instructions};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &whole);
}

int CLinux_noNewPrivileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL);
}

bool CLinux_hasSystemCallFilter(void) {
#ifdef OUR_ARCHITECTURE
    // A kernel that filters looks at the pointer; one that does not, at the operation.
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) == -1 && errno == EFAULT;
#else
    return false;
#endif
}

int CLinux_filterProcess(void) {
    struct program program;
    begin(&program);
    deny(&program, processDenied, sizeof processDenied / sizeof *processDenied);
    denyTyping(&program);
    answer(&program, SECCOMP_RET_ALLOW);
    return install(&program, SECCOMP_FILTER_FLAG_TSYNC);
}

/// Makes no namespace, and allows what was not refused before.
static void denyNamespaces(struct program *program) {
    // The flags of clone3(2) lie where a filter cannot look. libc takes this answer for an old kernel, and uses clone(2).
    add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
    refuse(program, ENOSYS);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3);
    // The first argument on both processors, and its lower half on both.
    load(program, offsetof(struct seccomp_data, args[0]));
    add(program, BPF_JMP | BPF_JSET | BPF_K, (uint32_t)newNamespaces, 0, 1);
    refuse(program, EPERM);
    answer(program, SECCOMP_RET_ALLOW);
}

int CLinux_filterThread(void) {
    struct program program;
    begin(&program);
    deny(&program, threadDenied, sizeof threadDenied / sizeof *threadDenied);
    denyNamespaces(&program);
    return install(&program, 0);
}

int CLinux_filterReader(void) {
    struct program program;
    begin(&program);
    deny(&program, processDenied, sizeof processDenied / sizeof *processDenied);
    deny(&program, threadDenied, sizeof threadDenied / sizeof *threadDenied);
    deny(&program, readerDenied, sizeof readerDenied / sizeof *readerDenied);
    denyTyping(&program);
    // What abort(3) does, and getrlimit(2).
    denyOthers(&program, SYS_tgkill, (uint32_t)getpid());
    denyOthers(&program, SYS_prlimit64, 0);
    denyNamespaces(&program);
    return install(&program, 0);
}
