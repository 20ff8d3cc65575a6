package fivefold.sys;

import org.jspecify.annotations.Nullable;

/** What {@link Errno} prints; apart from it, so that nobody pays for the texts before an error. */
final class ErrnoTable {
  private static final int SIZE = 134;
  private static final @Nullable String[] NAMES = new @Nullable String[SIZE];
  private static final @Nullable String[] MEANINGS = new @Nullable String[SIZE];

  static {
    add(Errno.EPERM, "EPERM", "operation not permitted");
    add(Errno.ENOENT, "ENOENT", "no such file or directory");
    add(Errno.ESRCH, "ESRCH", "no such process");
    add(Errno.EINTR, "EINTR", "interrupted system call");
    add(Errno.EIO, "EIO", "input/output error");
    add(Errno.ENXIO, "ENXIO", "no such device or address");
    add(Errno.E2BIG, "E2BIG", "argument list too long");
    add(Errno.ENOEXEC, "ENOEXEC", "exec format error");
    add(Errno.EBADF, "EBADF", "bad file descriptor");
    add(Errno.ECHILD, "ECHILD", "no child processes");
    add(Errno.EAGAIN, "EAGAIN", "resource temporarily unavailable");
    add(Errno.ENOMEM, "ENOMEM", "cannot allocate memory");
    add(Errno.EACCES, "EACCES", "permission denied");
    add(Errno.EFAULT, "EFAULT", "bad address");
    add(Errno.ENOTBLK, "ENOTBLK", "block device required");
    add(Errno.EBUSY, "EBUSY", "device or resource busy");
    add(Errno.EEXIST, "EEXIST", "file exists");
    add(Errno.EXDEV, "EXDEV", "invalid cross-device link");
    add(Errno.ENODEV, "ENODEV", "no such device");
    add(Errno.ENOTDIR, "ENOTDIR", "not a directory");
    add(Errno.EISDIR, "EISDIR", "is a directory");
    add(Errno.EINVAL, "EINVAL", "invalid argument");
    add(Errno.ENFILE, "ENFILE", "too many open files in system");
    add(Errno.EMFILE, "EMFILE", "too many open files");
    add(Errno.ENOTTY, "ENOTTY", "inappropriate ioctl for device");
    add(Errno.ETXTBSY, "ETXTBSY", "text file busy");
    add(Errno.EFBIG, "EFBIG", "file too large");
    add(Errno.ENOSPC, "ENOSPC", "no space left on device");
    add(Errno.ESPIPE, "ESPIPE", "illegal seek");
    add(Errno.EROFS, "EROFS", "read-only file system");
    add(Errno.EMLINK, "EMLINK", "too many links");
    add(Errno.EPIPE, "EPIPE", "broken pipe");
    add(Errno.EDOM, "EDOM", "numerical argument out of domain");
    add(Errno.ERANGE, "ERANGE", "numerical result out of range");
    add(Errno.EDEADLK, "EDEADLK", "resource deadlock avoided");
    add(Errno.ENAMETOOLONG, "ENAMETOOLONG", "file name too long");
    add(Errno.ENOLCK, "ENOLCK", "no locks available");
    add(Errno.ENOSYS, "ENOSYS", "function not implemented");
    add(Errno.ENOTEMPTY, "ENOTEMPTY", "directory not empty");
    add(Errno.ELOOP, "ELOOP", "too many levels of symbolic links");
    add(Errno.ENOMSG, "ENOMSG", "no message of desired type");
    add(Errno.EIDRM, "EIDRM", "identifier removed");
    add(Errno.ECHRNG, "ECHRNG", "channel number out of range");
    add(Errno.EL2NSYNC, "EL2NSYNC", "level 2 not synchronized");
    add(Errno.EL3HLT, "EL3HLT", "level 3 halted");
    add(Errno.EL3RST, "EL3RST", "level 3 reset");
    add(Errno.ELNRNG, "ELNRNG", "link number out of range");
    add(Errno.EUNATCH, "EUNATCH", "protocol driver not attached");
    add(Errno.ENOCSI, "ENOCSI", "no CSI structure available");
    add(Errno.EL2HLT, "EL2HLT", "level 2 halted");
    add(Errno.EBADE, "EBADE", "invalid exchange");
    add(Errno.EBADR, "EBADR", "invalid request descriptor");
    add(Errno.EXFULL, "EXFULL", "exchange full");
    add(Errno.ENOANO, "ENOANO", "no anode");
    add(Errno.EBADRQC, "EBADRQC", "invalid request code");
    add(Errno.EBADSLT, "EBADSLT", "invalid slot");
    add(Errno.EBFONT, "EBFONT", "bad font file format");
    add(Errno.ENOSTR, "ENOSTR", "device not a stream");
    add(Errno.ENODATA, "ENODATA", "no data available");
    add(Errno.ETIME, "ETIME", "timer expired");
    add(Errno.ENOSR, "ENOSR", "out of streams resources");
    add(Errno.ENONET, "ENONET", "machine is not on the network");
    add(Errno.ENOPKG, "ENOPKG", "package not installed");
    add(Errno.EREMOTE, "EREMOTE", "object is remote");
    add(Errno.ENOLINK, "ENOLINK", "link has been severed");
    add(Errno.EADV, "EADV", "advertise error");
    add(Errno.ESRMNT, "ESRMNT", "srmount error");
    add(Errno.ECOMM, "ECOMM", "communication error on send");
    add(Errno.EPROTO, "EPROTO", "protocol error");
    add(Errno.EMULTIHOP, "EMULTIHOP", "multihop attempted");
    add(Errno.EDOTDOT, "EDOTDOT", "RFS specific error");
    add(Errno.EBADMSG, "EBADMSG", "bad message");
    add(Errno.EOVERFLOW, "EOVERFLOW", "value too large for defined data type");
    add(Errno.ENOTUNIQ, "ENOTUNIQ", "name not unique on network");
    add(Errno.EBADFD, "EBADFD", "file descriptor in bad state");
    add(Errno.EREMCHG, "EREMCHG", "remote address changed");
    add(Errno.ELIBACC, "ELIBACC", "can not access a needed shared library");
    add(Errno.ELIBBAD, "ELIBBAD", "accessing a corrupted shared library");
    add(Errno.ELIBSCN, "ELIBSCN", ".lib section in a.out corrupted");
    add(Errno.ELIBMAX, "ELIBMAX", "attempting to link in too many shared libraries");
    add(Errno.ELIBEXEC, "ELIBEXEC", "cannot exec a shared library directly");
    add(Errno.EILSEQ, "EILSEQ", "invalid or incomplete multibyte or wide character");
    add(Errno.ERESTART, "ERESTART", "interrupted system call should be restarted");
    add(Errno.ESTRPIPE, "ESTRPIPE", "streams pipe error");
    add(Errno.EUSERS, "EUSERS", "too many users");
    add(Errno.ENOTSOCK, "ENOTSOCK", "socket operation on non-socket");
    add(Errno.EDESTADDRREQ, "EDESTADDRREQ", "destination address required");
    add(Errno.EMSGSIZE, "EMSGSIZE", "message too long");
    add(Errno.EPROTOTYPE, "EPROTOTYPE", "protocol wrong type for socket");
    add(Errno.ENOPROTOOPT, "ENOPROTOOPT", "protocol not available");
    add(Errno.EPROTONOSUPPORT, "EPROTONOSUPPORT", "protocol not supported");
    add(Errno.ESOCKTNOSUPPORT, "ESOCKTNOSUPPORT", "socket type not supported");
    add(Errno.EOPNOTSUPP, "EOPNOTSUPP", "operation not supported");
    add(Errno.EPFNOSUPPORT, "EPFNOSUPPORT", "protocol family not supported");
    add(Errno.EAFNOSUPPORT, "EAFNOSUPPORT", "address family not supported by protocol");
    add(Errno.EADDRINUSE, "EADDRINUSE", "address already in use");
    add(Errno.EADDRNOTAVAIL, "EADDRNOTAVAIL", "cannot assign requested address");
    add(Errno.ENETDOWN, "ENETDOWN", "network is down");
    add(Errno.ENETUNREACH, "ENETUNREACH", "network is unreachable");
    add(Errno.ENETRESET, "ENETRESET", "network dropped connection on reset");
    add(Errno.ECONNABORTED, "ECONNABORTED", "software caused connection abort");
    add(Errno.ECONNRESET, "ECONNRESET", "connection reset by peer");
    add(Errno.ENOBUFS, "ENOBUFS", "no buffer space available");
    add(Errno.EISCONN, "EISCONN", "transport endpoint is already connected");
    add(Errno.ENOTCONN, "ENOTCONN", "transport endpoint is not connected");
    add(Errno.ESHUTDOWN, "ESHUTDOWN", "cannot send after transport endpoint shutdown");
    add(Errno.ETOOMANYREFS, "ETOOMANYREFS", "too many references: cannot splice");
    add(Errno.ETIMEDOUT, "ETIMEDOUT", "connection timed out");
    add(Errno.ECONNREFUSED, "ECONNREFUSED", "connection refused");
    add(Errno.EHOSTDOWN, "EHOSTDOWN", "host is down");
    add(Errno.EHOSTUNREACH, "EHOSTUNREACH", "no route to host");
    add(Errno.EALREADY, "EALREADY", "operation already in progress");
    add(Errno.EINPROGRESS, "EINPROGRESS", "operation now in progress");
    add(Errno.ESTALE, "ESTALE", "stale file handle");
    add(Errno.EUCLEAN, "EUCLEAN", "structure needs cleaning");
    add(Errno.ENOTNAM, "ENOTNAM", "not a XENIX named type file");
    add(Errno.ENAVAIL, "ENAVAIL", "no XENIX semaphores available");
    add(Errno.EISNAM, "EISNAM", "is a named type file");
    add(Errno.EREMOTEIO, "EREMOTEIO", "remote I/O error");
    add(Errno.EDQUOT, "EDQUOT", "disk quota exceeded");
    add(Errno.ENOMEDIUM, "ENOMEDIUM", "no medium found");
    add(Errno.EMEDIUMTYPE, "EMEDIUMTYPE", "wrong medium type");
    add(Errno.ECANCELED, "ECANCELED", "operation canceled");
    add(Errno.ENOKEY, "ENOKEY", "required key not available");
    add(Errno.EKEYEXPIRED, "EKEYEXPIRED", "key has expired");
    add(Errno.EKEYREVOKED, "EKEYREVOKED", "key has been revoked");
    add(Errno.EKEYREJECTED, "EKEYREJECTED", "key was rejected by service");
    add(Errno.EOWNERDEAD, "EOWNERDEAD", "owner died");
    add(Errno.ENOTRECOVERABLE, "ENOTRECOVERABLE", "state not recoverable");
    add(Errno.ERFKILL, "ERFKILL", "operation not possible due to RF-kill");
    add(Errno.EHWPOISON, "EHWPOISON", "memory page has hardware error");
  }

  private ErrnoTable() {}

  private static void add(int number, String name, String meaning) {
    NAMES[number] = name;
    MEANINGS[number] = meaning;
  }

  /** The symbol, or null for a number that Linux does not use. */
  static @Nullable String name(int number) {
    return number >= 0 && number < SIZE ? NAMES[number] : null;
  }

  /** The meaning in words, or null for a number that Linux does not use. */
  static @Nullable String meaning(int number) {
    return number >= 0 && number < SIZE ? MEANINGS[number] : null;
  }
}
