/*
 * A disk that fails: loaded into a process with LD_PRELOAD, lets calls of the C library on the files of one database
 * fail. Test code, built when a test needs it.
 *
 *   FAIL_IO_PATH   the database; its -wal, -shm and -journal belong to it, nothing else does
 *   FAIL_IO_CALL   open, read, write, sync, truncate, map, lock, unlink or stat
 *   FAIL_IO_NTH    the first call of that kind that fails, from 1; 0: none
 *   FAIL_IO_TIMES  how many calls fail from there on (default 1)
 *   FAIL_IO_WHILE  in place of the nth: a file; every call of that kind fails while it is there
 *   FAIL_IO_ERRNO  its number (EIO 5, ENOSPC 28)
 *   FAIL_IO_TRACE  a file that gets a line with the kind of each call on these files
 */
#include "preload.h"
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

static int is_suffix_of_ours(const char *rest) {
  return *rest == 0 || !strcmp(rest, "-wal") || !strcmp(rest, "-shm") || !strcmp(rest, "-journal");
}

static int is_ours(const char *path) {
  const char *ours = getenv("FAIL_IO_PATH");
  if (ours == NULL || path == NULL) return 0;
  size_t length = strlen(ours);
  return !strncmp(path, ours, length) && is_suffix_of_ours(path + length);
}

static int is_open_of_ours(int fd) {
  char path[PATH_MAX];
  if (!path_of(fd, path, sizeof path)) return 0;
  char *gone = strstr(path, " (deleted)");
  if (gone != NULL) *gone = 0;
  return is_ours(path);
}

static void trace(const char *kind) {
  const char *file = getenv("FAIL_IO_TRACE");
  if (file == NULL) return;
  long fd = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND | O_CREAT, 0600);
  if (fd < 0) return;
  char line[32];
  int length = snprintf(line, sizeof line, "%s\n", kind);
  syscall(SYS_write, fd, line, length);
  syscall(SYS_close, fd);
}

/* Whether this call on one of our files is to fail; errno is set then. */
static int fails(const char *kind) {
  static long count = 0;
  trace(kind);
  const char *chosen = getenv("FAIL_IO_CALL");
  if (chosen == NULL || strcmp(chosen, kind)) return 0;
  const char *during = getenv("FAIL_IO_WHILE");
  if (during != NULL) {
    if (syscall(SYS_faccessat, AT_FDCWD, during, F_OK) != 0) return 0;
  } else {
    long nth = number("FAIL_IO_NTH", 0);
    long now = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
    if (nth == 0 || now < nth || now >= nth + number("FAIL_IO_TIMES", 1)) return 0;
  }
  errno = (int)number("FAIL_IO_ERRNO", EIO);
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define ON_DESCRIPTOR(result, name, kind, parameters, arguments) \
  result name parameters {                                       \
    static __typeof__(&name) real = NULL;                        \
    if (real == NULL) real = REAL(name);                         \
    if (is_open_of_ours(fd) && fails(kind)) return -1;           \
    return real arguments;                                       \
  }

ON_DESCRIPTOR(ssize_t, read, "read", (int fd, void *to, size_t size), (fd, to, size))
ON_DESCRIPTOR(ssize_t, pread, "read", (int fd, void *to, size_t size, off_t at), (fd, to, size, at))
ON_DESCRIPTOR(ssize_t, pread64, "read", (int fd, void *to, size_t size, off64_t at), (fd, to, size, at))
ON_DESCRIPTOR(ssize_t, write, "write", (int fd, const void *from, size_t size), (fd, from, size))
ON_DESCRIPTOR(ssize_t, pwrite, "write", (int fd, const void *from, size_t size, off_t at), (fd, from, size, at))
ON_DESCRIPTOR(ssize_t, pwrite64, "write", (int fd, const void *from, size_t size, off64_t at), (fd, from, size, at))
ON_DESCRIPTOR(int, fsync, "sync", (int fd), (fd))
ON_DESCRIPTOR(int, fdatasync, "sync", (int fd), (fd))
ON_DESCRIPTOR(int, ftruncate, "truncate", (int fd, off_t size), (fd, size))
ON_DESCRIPTOR(int, ftruncate64, "truncate", (int fd, off64_t size), (fd, size))
ON_DESCRIPTOR(int, fstat, "stat", (int fd, struct stat *to), (fd, to))
ON_DESCRIPTOR(int, fstat64, "stat", (int fd, struct stat64 *to), (fd, to))

int unlink(const char *path) {
  if (is_ours(path) && fails("unlink")) return -1;
  return REAL(unlink)(path);
}

static int open_with(__typeof__(&open) real, const char *path, int flags, mode_t mode) {
  if (is_ours(path) && fails("open")) return -1;
  return real(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_with(REAL(open), path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_with((__typeof__(&open))dlsym(RTLD_NEXT, "open64"), path, flags, mode);
}

void *mmap(void *at, size_t size, int prot, int flags, int fd, off_t offset) {
  if (fd >= 0 && is_open_of_ours(fd) && fails("map")) return MAP_FAILED;
  return (void *)syscall(SYS_mmap, at, size, prot, flags, fd, offset);
}

void *mmap64(void *at, size_t size, int prot, int flags, int fd, off64_t offset) {
  return mmap(at, size, prot, flags, fd, offset);
}

static int control(int fd, int command, void *argument) {
  int is_lock = command == F_SETLK || command == F_SETLKW || command == F_GETLK;
  if (is_lock && is_open_of_ours(fd) && fails("lock")) return -1;
  return (int)syscall(SYS_fcntl, fd, command, argument);
}

#define ARGUMENT_OF(command)            \
  va_list more;                         \
  va_start(more, command);              \
  void *argument = va_arg(more, void *); \
  va_end(more);

int fcntl(int fd, int command, ...) {
  ARGUMENT_OF(command)
  return control(fd, command, argument);
}

int fcntl64(int fd, int command, ...) {
  ARGUMENT_OF(command)
  return control(fd, command, argument);
}
