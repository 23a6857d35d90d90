#define _GNU_SOURCE
#include "Landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// linux/landlock.h is older than the kernels this runs on: what Debian 12 has knows of version 2. The numbers of calls are the
// same everywhere.
enum { createRuleset = 444, addRule = 445, restrictSelf = 446 };
enum { askVersion = 1, belowPath = 1 };

struct rulesetAttributes {
    uint64_t files;
    uint64_t network;
    uint64_t scoped;
};

struct belowPathAttributes {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

#define RIGHT(bit) (1ULL << (bit))

enum right {
    execute = 0, writeFile, readFile, readFolder, removeFolder, removeFile, makeCharacter, makeFolder, makeFile, makeSocket,
    makeFIFO, makeBlock, makeLink, refer, shorten, controlDevice
};

static const uint64_t making =
    RIGHT(removeFolder) | RIGHT(removeFile) | RIGHT(makeCharacter) | RIGHT(makeFolder) | RIGHT(makeFile) | RIGHT(makeSocket)
    | RIGHT(makeFIFO) | RIGHT(makeBlock) | RIGHT(makeLink);

int CLinux_landlockVersion(void) {
    return (int)syscall(createRuleset, NULL, 0, askVersion);
}

/// Rights over files that a version knows, of those that are refused.
static uint64_t refusedFiles(int version, bool isReading) {
    uint64_t rights = RIGHT(execute) | RIGHT(writeFile) | making;
    if (isReading) rights |= RIGHT(readFile) | RIGHT(readFolder);
    if (version >= 2) rights |= RIGHT(refer);
    if (version >= 3) rights |= RIGHT(shorten);
    if (version >= 5 && isReading) rights |= RIGHT(controlDevice);
    return rights;
}

int CLinux_landlockRules(bool isReading) {
    int version = CLinux_landlockVersion();
    if (version < 0) return -1;
    struct rulesetAttributes attributes = {.files = refusedFiles(version, isReading)};
    size_t size = sizeof attributes.files;
    if (version >= 4) {
        enum { bindTCP = 0, connectTCP = 1 };
        attributes.network = RIGHT(connectTCP) | (isReading ? RIGHT(bindTCP) : 0);
        size = offsetof(struct rulesetAttributes, scoped);
    }
    if (version >= 6) {
        enum { abstractSocket = 0, signal = 1 };
        attributes.scoped = isReading ? RIGHT(abstractSocket) | RIGHT(signal) : 0;
        size = sizeof attributes;
    }
    return (int)syscall(createRuleset, &attributes, size, 0);
}

static int allow(int rules, bool isReading, int place, uint32_t access) {
    struct stat status;
    if (fstat(place, &status) != 0) return -1;
    uint64_t rights = 0;
    if (access & CLinux_Access_read) rights |= RIGHT(readFile);
    if (access & CLinux_Access_write) rights |= RIGHT(writeFile) | RIGHT(shorten);
    if (S_ISDIR(status.st_mode)) {
        // A rule for a folder is one for all below it: who lists it is not to read that.
        if ((access & CLinux_Access_list) && !(access & CLinux_Access_make)) rights &= ~RIGHT(readFile);
        if (access & CLinux_Access_list) rights |= RIGHT(readFolder);
        if (access & CLinux_Access_make) rights |= RIGHT(makeFile) | RIGHT(makeSocket) | RIGHT(removeFile);
        if (access & CLinux_Access_arrange) rights |= RIGHT(makeFolder) | RIGHT(removeFolder) | RIGHT(refer);
    }
    rights &= refusedFiles(CLinux_landlockVersion(), isReading);
    if (rights == 0) return 0;
    struct belowPathAttributes rule = {.allowed = rights, .parent = place};
    return (int)syscall(addRule, rules, belowPath, &rule, 0);
}

int CLinux_landlockAllow(int rules, bool isReading, const char *path, uint32_t access) {
    int place = open(path, O_PATH | O_CLOEXEC);
    // To open what is not there, or what the user may not, fails as ever.
    if (place < 0) return 0;
    int status = allow(rules, isReading, place, access);
    int error = errno;
    close(place);
    errno = error;
    // A pipe by its number, /dev/fd/63, lies in no file system that a rule could name, and none that it could close.
    return status != 0 && error == EBADFD ? 0 : status;
}

int CLinux_landlockBegin(int rules) {
    return (int)syscall(restrictSelf, rules, 0);
}
