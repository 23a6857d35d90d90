#include <zlib.h>

/// inflateInit2 is a macro that passes the version and the size of the structure; Swift cannot see it.
static inline int CZlib_inflateInit2(z_streamp stream, int windowBits) {
    return inflateInit2(stream, windowBits);
}
