package fivefold.lab.load;

/** What is asked of a server, and so what its replies must be. */
public sealed interface Protocol {

  /** Bytes that come back as they are. */
  record Echo(int messageBytes) implements Protocol {
    public Echo {
      Limits.check("message size", messageBytes, Limits.MESSAGE_BYTES);
    }
  }

  /** Bytes that come back with the ASCII letters a-z in upper case, and all else as it was. */
  record UpperCase(int messageBytes) implements Protocol {
    public UpperCase {
      Limits.check("message size", messageBytes, Limits.MESSAGE_BYTES);
    }
  }

  /**
   * Datagrams that come back, each as it is or in upper case. Each has a number in its first eight
   * bytes, so that lost, doubled and late ones are told apart.
   *
   * @param messageBytes 8 to 65507, the most that UDP over IPv4 can carry
   */
  record Datagrams(int messageBytes, boolean upperCase) implements Protocol {
    public static final int LEAST_BYTES = 8;
    public static final int MOST_BYTES = 65_507;

    public Datagrams {
      if (messageBytes < LEAST_BYTES || messageBytes > MOST_BYTES) {
        throw new IllegalArgumentException(
            "a datagram's size must be "
                + LEAST_BYTES
                + " to "
                + MOST_BYTES
                + " bytes, not "
                + messageBytes);
      }
    }
  }

  /**
   * A line of text, for which one line comes back, whatever it says.
   *
   * @param messageBytes with the line feed that ends it
   */
  record Line(int messageBytes) implements Protocol {
    public Line {
      Limits.check("message size", messageBytes, Limits.MESSAGE_BYTES);
    }
  }

  /**
   * Redis's PING (RESP): answered by PONG, or by what it carries.
   *
   * @param messageBytes what it carries; 0 for a bare PING
   */
  record RedisPing(int messageBytes) implements Protocol {
    public RedisPing {
      if (messageBytes != 0) {
        Limits.check("message size", messageBytes, Limits.MESSAGE_BYTES);
      }
    }
  }

  /**
   * GET by HTTP/1.1 on connections that stay (RFC 9112): each reply must have status 2xx and be
   * whole, that is end where its Content-Length or its last chunk says.
   *
   * @param authority for the Host field, such as {@code localhost:8080}
   * @param path such as {@code /}
   * @param sameBody whether each body must be the first one's
   */
  record HttpGet(String authority, String path, boolean sameBody) implements Protocol {
    public HttpGet {
      if (!path.startsWith("/") || !isVisible(path) || !isVisible(authority)) {
        throw new IllegalArgumentException(
            "an HTTP path begins with '/' and has visible ASCII characters only, not '"
                + path
                + "'");
      }
    }

    private static boolean isVisible(String text) {
      return text.chars().allMatch(c -> c > ' ' && c < 127);
    }
  }
}
