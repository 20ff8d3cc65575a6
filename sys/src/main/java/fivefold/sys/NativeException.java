package fivefold.sys;

import java.io.IOException;
import java.io.Serial;

/**
 * A native call that failed, where a returned {@code -errno} must become an exception.
 *
 * <pre>{@code
 * int result = Sockets.bind(fd, address, bytes);
 * if (result < 0) {
 *   throw NativeException.of("bind", result); // "bind: EADDRINUSE (address already in use)"
 * }
 * }</pre>
 */
public final class NativeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final int errno;

  private NativeException(String message, int errno) {
    super(message);
    this.errno = errno;
  }

  /**
   * The exception for a failed call.
   *
   * @param call what failed, the name of the call or more: {@code "bind 127.0.0.1:80"}
   * @param negativeErrno what the call returned
   */
  public static NativeException of(String call, int negativeErrno) {
    return new NativeException(call + ": " + Errno.describe(negativeErrno), -negativeErrno);
  }

  /**
   * What a call returned, unless it failed.
   *
   * @throws NativeException as {@link #of} makes it, for a negative result
   */
  public static int check(String call, int result) throws NativeException {
    if (result < 0) {
      throw of(call, result);
    }
    return result;
  }

  /** The error number, positive, one of {@link Errno}. */
  public int errno() {
    return errno;
  }
}
