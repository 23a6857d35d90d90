#define _GNU_SOURCE
#include "Terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// What runs in a signal handler here calls only what signal-safety(7) allows, and touches only these.
static atomic_bool isGuarded;
static int guarded = -1;
static struct termios settingsBefore;
static uint8_t restoring[256];
static size_t restoringLength;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
static const int watched[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
enum { crashCount = sizeof crashes / sizeof *crashes, watchedCount = sizeof watched / sizeof *watched };
static struct sigaction crashesBefore[crashCount];
static struct sigaction watchedBefore[watchedCount];

static atomic_int writingEnd = -1;
static int readingEnd = -1;
static atomic_bool isEnding;

// A handler on the stack that just overflowed could not run.
static uint8_t handlerStack[64 * 1024];

/// At most once: whoever takes the guard restores.
static void restore(void) {
    if (!atomic_exchange(&isGuarded, false)) return;
    int saved = errno;
    size_t done = 0;
    // The descriptor does not block; a terminal that takes nothing for 200 ms is given up.
    while (done < restoringLength) {
        ssize_t count = write(guarded, restoring + done, restoringLength - done);
        if (count > 0) {
            done += (size_t)count;
        } else if (count < 0 && errno == EAGAIN) {
            struct pollfd ready = {.fd = guarded, .events = POLLOUT};
            if (poll(&ready, 1, 200) <= 0) break;
        } else if (count < 0 && errno != EINTR) {
            break;
        }
    }
    // Set from the background it would stop the process, which is about to end.
    sigset_t output, before;
    sigemptyset(&output);
    sigaddset(&output, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &output, &before);
    tcflush(guarded, TCIFLUSH);
    tcsetattr(guarded, TCSANOW, &settingsBefore);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = saved;
}

static void crashed(int number, siginfo_t *info, void *context) {
    restore();
    for (int index = 0; index < crashCount; index++) {
        if (crashes[index] != number) continue;
        struct sigaction *before = &crashesBefore[index];
        sigaction(number, before, NULL);
        if (before->sa_flags & SA_SIGINFO) {
            before->sa_sigaction(number, info, context);
            return;
        }
        if (before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN) {
            before->sa_handler(number);
            return;
        }
    }
    // By default then, also where whoever started this has it ignored: the screen is given back, and cannot be drawn on any more.
    signal(number, SIG_DFL);
    // A fault comes again at the same instruction, which a core file should show; a signal that was
    // sent, or a trap, whose instruction is over, does not.
    if (info->si_code <= 0 || number == SIGTRAP) raise(number);
}

int CLinux_guardTerminal(int descriptor, const struct termios *settings, const uint8_t *bytes, size_t length) {
    static bool isRegistered;
    if (length > sizeof restoring) {
        errno = EINVAL;
        return -1;
    }
    if (atomic_load(&isGuarded)) {
        errno = EBUSY;
        return -1;
    }
    if (!isRegistered) {
        if (atexit(restore) != 0) {
            errno = ENOMEM;
            return -1;
        }
        isRegistered = true;
    }
    guarded = descriptor;
    settingsBefore = *settings;
    memcpy(restoring, bytes, length);
    restoringLength = length;
    stack_t stack;
    if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
        stack = (stack_t){.ss_sp = handlerStack, .ss_size = sizeof handlerStack};
        sigaltstack(&stack, NULL);
    }
    atomic_store(&isGuarded, true);
    struct sigaction action = {.sa_sigaction = crashed, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    // One that whoever started the process has blocked would end it without the handler, or not at all.
    sigset_t unblocked;
    sigemptyset(&unblocked);
    for (int index = 0; index < crashCount; index++) {
        sigaction(crashes[index], &action, &crashesBefore[index]);
        sigaddset(&unblocked, crashes[index]);
    }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, NULL);
    return 0;
}

void CLinux_releaseTerminal(void) {
    // After a handler of ours has run nobody gets here; if it is not guarded there is nothing to give back.
    if (!atomic_exchange(&isGuarded, false)) return;
    for (int index = 0; index < crashCount; index++) sigaction(crashes[index], &crashesBefore[index], NULL);
}

static void heard(int number) {
    int saved = errno;
    if (number == SIGTERM || number == SIGHUP || number == SIGINT || number == SIGQUIT) {
        // A terminal that closes sends SIGHUP twice, the kernel and the shell: that is one request.
        if (atomic_exchange(&isEnding, true) && number != SIGHUP) {
            restore();
            signal(number, SIG_DFL);
            raise(number);
            return;
        }
    }
    uint8_t byte = (uint8_t)number;
    int end = atomic_load(&writingEnd);
    // A full pipe holds more than anyone needs to know.
    if (end >= 0 && write(end, &byte, 1) < 0) errno = saved;
    errno = saved;
}

int CLinux_watchTerminalSignals(void) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    readingEnd = ends[0];
    atomic_store(&writingEnd, ends[1]);
    atomic_store(&isEnding, false);
    struct sigaction action = {.sa_handler = heard, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigset_t unblocked;
    sigemptyset(&unblocked);
    for (int index = 0; index < watchedCount; index++) {
        sigaction(watched[index], &action, &watchedBefore[index]);
        sigaddset(&unblocked, watched[index]);
    }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, NULL);
    return readingEnd;
}

void CLinux_ignoreTerminalSignals(void) {
    if (readingEnd < 0) return;
    for (int index = 0; index < watchedCount; index++) sigaction(watched[index], &watchedBefore[index], NULL);
    close(atomic_exchange(&writingEnd, -1));
    close(readingEnd);
    readingEnd = -1;
}

void CLinux_stop(void) {
    struct sigaction action = {.sa_handler = SIG_DFL}, before;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTSTP, &action, &before);
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
    // To this thread, which takes it before the call returns; all others stop with it. An orphaned group is not stopped.
    raise(SIGTSTP);
    sigaction(SIGTSTP, &before, NULL);
}
