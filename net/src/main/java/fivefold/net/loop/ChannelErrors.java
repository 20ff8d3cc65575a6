package fivefold.net.loop;

import fivefold.sys.Errno;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;

/**
 * The errno behind an exception of java.nio. It carries only strerror(3)'s text, so the text is
 * what there is to go by.
 */
public final class ChannelErrors {
  private ChannelErrors() {}

  /** A negative errno. */
  public static int errno(IOException e) {
    if (e instanceof ClosedChannelException) {
      return -Errno.EBADF;
    }
    if (e instanceof ConnectException || e instanceof PortUnreachableException) {
      return -Errno.ECONNREFUSED;
    }
    if (e instanceof NoRouteToHostException) {
      return -Errno.EHOSTUNREACH;
    }
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("too many open files in system")) {
      return -Errno.ENFILE;
    }
    if (text.contains("too many open files")) {
      return -Errno.EMFILE;
    }
    if (text.contains("reset")) {
      return -Errno.ECONNRESET;
    }
    if (text.contains("broken pipe")) {
      return -Errno.EPIPE;
    }
    if (text.contains("no buffer space")) {
      return -Errno.ENOBUFS;
    }
    if (text.contains("abort")) {
      return -Errno.ECONNABORTED;
    }
    if (text.contains("timed out")) {
      return -Errno.ETIMEDOUT;
    }
    return -Errno.EIO;
  }
}
