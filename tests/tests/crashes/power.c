/* Notes what a process does to the files of the folder in which it starts, and what it says, in the order in which it
   does it; so it can be told afterwards what a disk would hold if the power had gone at any of these moments. Loaded
   before the C library, it stands between that and SQLite. A note is a line `what name offset count`, and so many
   bytes; the folder itself is `.`, what is said is `-`. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

_Static_assert(sizeof(off_t) == sizeof(off64_t), "one kind of offset");

#define NEXT(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))

/* Held while something is done and noted: the notes are in the order of the deeds, whichever threads do them. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static int notes = -1;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("POWER_NOTES");
    notes = path ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (notes < 0 || !getcwd(folder, sizeof folder)) abort();
}

static const char *within(const char *path) {
    size_t length = strlen(folder);
    if (length == 0 || strncmp(path, folder, length) != 0) return NULL;
    if (path[length] == '\0') return ".";
    return path[length] == '/' ? path + length + 1 : NULL;
}

/* The name of what is open, if it is noted. */
static const char *name_of(int file, char path[PATH_MAX]) {
    if (file == STDOUT_FILENO) return "-";
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return NULL;
    path[length] = '\0';
    return within(path);
}

static void note(const char *what, const char *name, off_t offset, const void *bytes, size_t count) {
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%s %s %lld %zu\n", what, name, (long long)offset, count);
    struct iovec parts[] = {{line, (size_t)length}, {(void *)bytes, count}};
    if (writev(notes, parts, 2) != (ssize_t)(length + count)) abort();
}

/* Does it in its turn, and notes it if it was done. */
#define DO(name, deed, what, offset, bytes, count)                        \
    do {                                                                  \
        if (!(name)) return deed;                                         \
        pthread_mutex_lock(&turn);                                        \
        __typeof__(deed) done = deed;                                     \
        if (done >= 0) note(what, name, offset, bytes, (size_t)(count));  \
        pthread_mutex_unlock(&turn);                                      \
        return done;                                                      \
    } while (0)

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    char path[PATH_MAX];
    const char *name = name_of(file, path);
    DO(name, NEXT(pwrite64)(file, bytes, count, offset), "write", offset, bytes, done);
}

ssize_t write(int file, const void *bytes, size_t count) {
    char path[PATH_MAX];
    const char *name = name_of(file, path);
    off_t offset = name ? lseek(file, 0, SEEK_CUR) : 0;
    DO(name, NEXT(write)(file, bytes, count), "write", offset, bytes, done);
}

int ftruncate64(int file, off64_t length) {
    char path[PATH_MAX];
    const char *name = name_of(file, path);
    DO(name, NEXT(ftruncate64)(file, length), "truncate", length, "", 0);
}

int fsync(int file) {
    char path[PATH_MAX];
    const char *name = name_of(file, path);
    DO(name, NEXT(fsync)(file), "sync", 0, "", 0);
}

int unlink(const char *path) {
    DO(within(path), NEXT(unlink)(path), "unlink", 0, "", 0);
}

/* Other names of the same. */
ssize_t pwrite(int, const void *, size_t, off_t) __attribute__((alias("pwrite64")));
int ftruncate(int, off_t) __attribute__((alias("ftruncate64")));
int fdatasync(int) __attribute__((alias("fsync")));
