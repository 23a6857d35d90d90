#ifndef CLINUX_EVENTS_H
#define CLINUX_EVENTS_H

/// A new eventfd(2), non-blocking and closed on exec, whose header Swift's Glibc module leaves out; -1 with errno(3).
int CLinux_eventDescriptor(void);

#endif
