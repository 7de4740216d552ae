/*
 * A clock that steps: loaded into a process with LD_PRELOAD, moves what the C library tells of the time from a certain
 * moment on. Test code, built when a test needs it.
 *
 *   STEP_CLOCK_FILE  the moment is told by this file: the program opens it at each of its crash points (OSS_CRASH_TRACE);
 *                    without it: from the beginning on
 *   STEP_CLOCK_NTH   at which opening, from 1
 *   STEP_CLOCK_MS    how far the clock steps, back or on
 *   STEP_CLOCK_AS    `set`: a person, or a time server, puts the wall clock right; `sleep`: the machine sleeps so long, and
 *                    every clock but the monotonic one goes on; `clone`: the machine is up for so much longer than the one
 *                    that it was cloned from, by the same wall clock
 */
#include "preload.h"
#include <string.h>
#include <sys/time.h>
#include <time.h>

static long openings = 0;

static long stepped_ms(void) {
  int is_stepped = getenv("STEP_CLOCK_FILE") == NULL ||
                   __atomic_load_n(&openings, __ATOMIC_SEQ_CST) >= number("STEP_CLOCK_NTH", 0);
  return is_stepped ? number("STEP_CLOCK_MS", 0) : 0;
}

static int is_as(const char *kind) {
  const char *as = getenv("STEP_CLOCK_AS");
  return as != NULL && !strcmp(as, kind);
}

static int moves_wall(void) { return !is_as("clone"); }

static int moves_uptime(void) { return is_as("sleep") || is_as("clone"); }

static void note_opening(const char *path) {
  const char *file = getenv("STEP_CLOCK_FILE");
  if (file != NULL && path != NULL && !strcmp(path, file)) __atomic_add_fetch(&openings, 1, __ATOMIC_SEQ_CST);
}

static int is_moved(clockid_t clock) {
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) return moves_wall();
  return clock == CLOCK_BOOTTIME && moves_uptime();
}

int clock_gettime(clockid_t clock, struct timespec *to) {
  int result = (int)syscall(SYS_clock_gettime, clock, to);
  long by = is_moved(clock) ? stepped_ms() : 0;
  if (result != 0 || by == 0) return result;
  long long ns = (long long)to->tv_sec * 1000000000LL + to->tv_nsec + (long long)by * 1000000LL;
  to->tv_sec = (time_t)(ns / 1000000000LL);
  to->tv_nsec = (long)(ns % 1000000000LL);
  return 0;
}

int gettimeofday(struct timeval *to, void *zone) {
  (void)zone;
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  to->tv_sec = now.tv_sec;
  to->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *to) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (to != NULL) *to = now.tv_sec;
  return now.tv_sec;
}

int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  note_opening(path);
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  note_opening(path);
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

/* Where the C library of the program asks for the time since the boot. */
static int is_uptime(int fd) {
  char path[32];
  return path_of(fd, path, sizeof path) && !strcmp(path, "/proc/uptime");
}

ssize_t read(int fd, void *to, size_t size) {
  ssize_t length = syscall(SYS_read, fd, to, size);
  long by = moves_uptime() ? stepped_ms() : 0;
  if (length <= 0 || by == 0 || !is_uptime(fd)) return length;
  char text[64];
  size_t taken = (size_t)length < sizeof text ? (size_t)length : sizeof text - 1;
  memcpy(text, to, taken);
  text[taken] = 0;
  int told = snprintf(text, sizeof text, "%.2f 0.00\n", atof(text) + by / 1000.0);
  if ((size_t)told > size) return length;
  memcpy(to, text, (size_t)told);
  return told;
}
