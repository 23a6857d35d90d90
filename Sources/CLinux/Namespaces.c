#define _GNU_SOURCE
#include "Namespaces.h"

#include <linux/magic.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>
#include <unistd.h>

int CLinux_enterNetworkNamespace(int descriptor) {
    return setns(descriptor, CLONE_NEWNET);
}

int CLinux_newNetworkNamespace(void) {
    return unshare(CLONE_NEWNET);
}

bool CLinux_isNetworkNamespace(int descriptor) {
    // The magic first: the ioctl's number may mean anything to another kind of file.
    struct statfs volume;
    if (fstatfs(descriptor, &volume) != 0 || volume.f_type != NSFS_MAGIC) {
        return false;
    }
    return ioctl(descriptor, NS_GET_NSTYPE) == CLONE_NEWNET;
}

int CLinux_threadIdentifier(void) {
    return gettid();
}
