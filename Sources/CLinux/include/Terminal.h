#ifndef CLINUX_TERMINAL_H
#define CLINUX_TERMINAL_H

#include <stddef.h>
#include <stdint.h>
#include <termios.h>

/// Remembers how the terminal `descriptor` was and which bytes (at most 256) bring its screen back.
///
/// From here on they are written, and the settings set, at exit(3) and on a crash: SIGSEGV, SIGBUS, SIGILL, SIGTRAP,
/// SIGABRT and SIGFPE. After that whoever handled the crash before has it, such as Swift's backtracer. One terminal a
/// process: -1 with EBUSY when one is guarded, EINVAL for too many bytes, or another errno(3).
int CLinux_guardTerminal(int descriptor, const struct termios *settings, const uint8_t *bytes, size_t length);

/// Forgets it again, without restoring anything.
void CLinux_releaseTerminal(void);

/// Writes the number of each SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT and SIGWINCH into a pipe, as a byte.
///
/// Returns its reading end, non-blocking and closed on exec, or -1 with errno(3). A second request to end, other than
/// SIGHUP, ends the process at once, with the terminal restored: the program may hang.
int CLinux_watchTerminalSignals(void);

/// Gives the signals back to whoever had them, and closes the pipe.
void CLinux_ignoreTerminalSignals(void);

/// Stops the process as SIGTSTP does by default; returns when it goes on. Only while the signals are watched.
void CLinux_stop(void);

#endif
