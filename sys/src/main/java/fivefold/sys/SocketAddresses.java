package fivefold.sys;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/**
 * Socket addresses as the kernel lays them out, ip(7), ipv6(7), unix(7), to and from those of Java.
 * Any thread may call.
 */
public final class SocketAddresses {
  /** Room for any address: size of a struct sockaddr_storage. */
  public static final int STORAGE_BYTES = 128;

  /** Where each sockaddr holds its family: a short in native byte order. */
  static final int FAMILY_OFFSET = 0;

  /** struct sockaddr_in and sockaddr_in6: a short in network byte order. */
  static final int PORT_OFFSET = 2;

  static final int INET_BYTES = 16;
  static final int INET_ADDRESS_OFFSET = 4;

  static final int INET6_BYTES = 28;
  static final int INET6_ADDRESS_OFFSET = 8;
  static final int INET6_SCOPE_OFFSET = 24;

  static final int UNIX_BYTES = 110;
  static final int UNIX_PATH_OFFSET = 2;

  /** The longest path of a Unix socket; one more byte is for the NUL that ends it. */
  public static final int UNIX_PATH_BYTES = UNIX_BYTES - UNIX_PATH_OFFSET - 1;

  private static final int INET_ADDRESS_BYTES = 4;
  private static final int INET6_ADDRESS_BYTES = 16;

  /** An IPv4 address in an IPv6 one, RFC 4291 section 2.5.5.2: ten zero bytes, two of these. */
  private static final int MAPPED_MARK_OFFSET = 10;

  /** The charset by which the JDK turns a path into bytes. */
  private static final Charset PATHS =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private SocketAddresses() {}

  /**
   * Writes an address in its own family. A Unix path that begins with {@code @} is an abstract name
   * (unix(7)), as ss(8) and {@link #decode} show it; a file of such a name is {@code ./@name}.
   *
   * @param address where: up to {@link #STORAGE_BYTES} bytes
   * @return bytes used
   * @throws IllegalArgumentException for an unresolved host, a path that is too long, or another
   *     kind of address
   */
  public static int encode(SocketAddress socketAddress, long address) {
    return encode(socketAddress, address, family(socketAddress));
  }

  /**
   * Writes an address for a socket of a family: to an IPv6 socket an IPv4 peer is {@code
   * ::ffff:a.b.c.d}.
   *
   * @param family what the socket was made with
   * @return bytes used
   * @throws IllegalArgumentException as {@link #encode(SocketAddress, long)}, and when sockets of
   *     the family cannot have that address
   */
  public static int encode(SocketAddress socketAddress, long address, int family) {
    if (socketAddress instanceof InetSocketAddress inet) {
      InetAddress host = inet.getAddress();
      if (host == null) {
        throw new IllegalArgumentException("unresolved host: " + inet.getHostString());
      }
      if (family == Sockets.AF_INET && host instanceof Inet4Address) {
        return encodeInet(host, inet.getPort(), address);
      }
      if (family == Sockets.AF_INET6) {
        return encodeInet6(host, inet.getPort(), address);
      }
    } else if (socketAddress instanceof UnixDomainSocketAddress unix && family == Sockets.AF_UNIX) {
      return encodeUnix(unix, address);
    }
    throw new IllegalArgumentException(
        "no address of family " + family + ": " + describe(socketAddress));
  }

  /**
   * The family of the sockets that can have an address: {@link Sockets#AF_INET}, {@link
   * Sockets#AF_INET6} or {@link Sockets#AF_UNIX}.
   *
   * @throws IllegalArgumentException for an unresolved host or another kind of address
   */
  public static int family(SocketAddress socketAddress) {
    if (socketAddress instanceof UnixDomainSocketAddress) {
      return Sockets.AF_UNIX;
    }
    if (socketAddress instanceof InetSocketAddress inet) {
      InetAddress host = inet.getAddress();
      if (host == null) {
        throw new IllegalArgumentException("unresolved host: " + inet.getHostString());
      }
      return host instanceof Inet4Address ? Sockets.AF_INET : Sockets.AF_INET6;
    }
    throw new IllegalArgumentException(
        "expected an Internet or Unix address: " + describe(socketAddress));
  }

  /**
   * Reads an address that the kernel wrote. An IPv4 peer of an IPv6 socket becomes an IPv4 address;
   * an unnamed Unix socket is {@code UnixDomainSocketAddress.of("")}; an abstract one is shown with
   * {@code @} for its leading NUL, as ss(8) does.
   *
   * @param bytes the length that the kernel gave: 0 for the sender of a datagram without a name
   * @throws IllegalArgumentException for another family
   */
  public static SocketAddress decode(long address, int bytes) {
    int family = bytes < Short.BYTES ? Sockets.AF_UNIX : Memory.getShort(address + FAMILY_OFFSET);
    return switch (family) {
      case Sockets.AF_INET -> decodeInet(address);
      case Sockets.AF_INET6 -> decodeInet6(address);
      case Sockets.AF_UNIX -> decodeUnix(address, bytes);
      default -> throw new IllegalArgumentException("unknown address family " + family);
    };
  }

  /**
   * An IPv4 address and port that the kernel wrote, in one number; of an IPv6 socket too.
   *
   * @param bytes the length that the kernel gave
   * @return a number for {@link #unpackInet4}; -1 when it is another address
   */
  public static long packInet4(long address, int bytes) {
    int family = bytes < Short.BYTES ? Sockets.AF_UNIX : Memory.getShort(address + FAMILY_OFFSET);
    long bits;
    if (family == Sockets.AF_INET) {
      bits = address + INET_ADDRESS_OFFSET;
    } else if (family == Sockets.AF_INET6 && isMapped(address + INET6_ADDRESS_OFFSET)) {
      bits = address + INET6_ADDRESS_OFFSET + INET6_ADDRESS_BYTES - INET_ADDRESS_BYTES;
    } else {
      return -1;
    }
    return Integer.toUnsignedLong(Memory.getInt(bits)) << Short.SIZE | port(address);
  }

  /** ::ffff:a.b.c.d, RFC 4291, 2.5.5.2. */
  private static boolean isMapped(long bits) {
    return Memory.getLong(bits) == 0
        && Memory.getShort(bits + Long.BYTES) == 0
        && Memory.getShort(bits + MAPPED_MARK_OFFSET) == (short) 0xFFFF;
  }

  /** The address that {@link #packInet4} packed. */
  public static SocketAddress unpackInet4(long packed) {
    byte[] octets = new byte[INET_ADDRESS_BYTES];
    ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()).putInt((int) (packed >>> Short.SIZE));
    return new InetSocketAddress(host(octets), (int) packed & 0xFFFF);
  }

  private static int encodeInet(InetAddress host, int port, long address) {
    putFamilyAndPort(address, Sockets.AF_INET, port);
    Memory.copy(host.getAddress(), 0, address + INET_ADDRESS_OFFSET, INET_ADDRESS_BYTES);
    Memory.putLong(address + INET_BYTES - Long.BYTES, 0); // sin_zero
    return INET_BYTES;
  }

  private static int encodeInet6(InetAddress host, int port, long address) {
    Memory.setZero(address, INET6_BYTES);
    putFamilyAndPort(address, Sockets.AF_INET6, port);
    long bits = address + INET6_ADDRESS_OFFSET;
    if (host instanceof Inet6Address six) {
      Memory.copy(six.getAddress(), 0, bits, INET6_ADDRESS_BYTES);
      Memory.putInt(address + INET6_SCOPE_OFFSET, six.getScopeId());
    } else {
      Memory.putShort(bits + MAPPED_MARK_OFFSET, (short) 0xFFFF);
      Memory.copy(
          host.getAddress(),
          0,
          bits + INET6_ADDRESS_BYTES - INET_ADDRESS_BYTES,
          INET_ADDRESS_BYTES);
    }
    return INET6_BYTES;
  }

  private static int encodeUnix(UnixDomainSocketAddress unix, long address) {
    byte[] path = unix.getPath().toString().getBytes(PATHS);
    boolean isAbstract = path.length > 0 && path[0] == '@';
    if (path.length > (isAbstract ? UNIX_PATH_BYTES + 1 : UNIX_PATH_BYTES)) {
      throw new IllegalArgumentException(
          "path of a Unix socket too long: "
              + path.length
              + " bytes, at most "
              + UNIX_PATH_BYTES
              + ": "
              + unix);
    }
    Memory.putShort(address + FAMILY_OFFSET, (short) Sockets.AF_UNIX);
    if (path.length == 0) {
      return UNIX_PATH_OFFSET;
    }
    Memory.copy(path, 0, address + UNIX_PATH_OFFSET, path.length);
    if (isAbstract) {
      // Its length ends it, and a NUL would be part of the name (unix(7)).
      Memory.putByte(address + UNIX_PATH_OFFSET, (byte) 0);
      return UNIX_PATH_OFFSET + path.length;
    }
    Memory.putByte(address + UNIX_PATH_OFFSET + path.length, (byte) 0);
    return UNIX_PATH_OFFSET + path.length + 1;
  }

  private static SocketAddress decodeInet(long address) {
    return new InetSocketAddress(
        host(address + INET_ADDRESS_OFFSET, INET_ADDRESS_BYTES), port(address));
  }

  private static SocketAddress decodeInet6(long address) {
    int scope = Memory.getInt(address + INET6_SCOPE_OFFSET);
    InetAddress host = host(address + INET6_ADDRESS_OFFSET, INET6_ADDRESS_BYTES);
    if (scope != 0 && host instanceof Inet6Address six) {
      try {
        host = Inet6Address.getByAddress(null, six.getAddress(), scope);
      } catch (UnknownHostException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
    return new InetSocketAddress(host, port(address));
  }

  private static SocketAddress decodeUnix(long address, int bytes) {
    int length = Math.clamp(bytes - UNIX_PATH_OFFSET, 0, UNIX_BYTES - UNIX_PATH_OFFSET);
    byte[] path = new byte[length];
    Memory.copy(address + UNIX_PATH_OFFSET, path, 0, length);
    if (length > 0 && path[0] == 0) {
      return UnixDomainSocketAddress.of(
          "@" + new String(path, 1, length - 1, PATHS).replace('\0', '@'));
    }
    int end = 0;
    while (end < length && path[end] != 0) {
      end++;
    }
    return UnixDomainSocketAddress.of(new String(path, 0, end, PATHS));
  }

  private static void putFamilyAndPort(long address, int family, int port) {
    Memory.putShort(address + FAMILY_OFFSET, (short) family);
    Memory.putByte(address + PORT_OFFSET, (byte) (port >> 8));
    Memory.putByte(address + PORT_OFFSET + 1, (byte) port);
  }

  private static int port(long address) {
    int high = Byte.toUnsignedInt(Memory.getByte(address + PORT_OFFSET));
    int low = Byte.toUnsignedInt(Memory.getByte(address + PORT_OFFSET + 1));
    return high << 8 | low;
  }

  private static InetAddress host(long address, int bytes) {
    byte[] octets = new byte[bytes];
    Memory.copy(address, octets, 0, bytes);
    return host(octets);
  }

  private static InetAddress host(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException impossible) {
      throw new UncheckedIOException(impossible); // only for a wrong number of octets
    }
  }

  private static String describe(SocketAddress socketAddress) {
    return socketAddress + " (" + socketAddress.getClass().getName() + ")";
  }
}
