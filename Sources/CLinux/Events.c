#include "Events.h"

#include <sys/eventfd.h>

int CLinux_eventDescriptor(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}
