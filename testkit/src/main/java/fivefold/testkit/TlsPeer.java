package fivefold.testkit;

import fivefold.net.Server;
import fivefold.net.tls.TlsIdentity;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client that blocks and speaks TLS by the JDK's own sockets: on purpose no code of ours. */
public final class TlsPeer implements AutoCloseable {
  private final Socket socket;
  private final SSLSocket tls;

  private TlsPeer(Socket socket, SSLSocket tls) {
    this.socket = socket;
    this.tls = tls;
  }

  /** What connections of one client share: whom it trusts, who it is, its sessions. */
  public static SSLContext context(TlsIdentity trusted, @Nullable TlsIdentity own)
      throws GeneralSecurityException, IOException {
    char[] password = {};
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("server", trusted.chain().getFirst());
    TrustManagerFactory trusts = TrustManagerFactory.getInstance("PKIX");
    trusts.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    if (own != null) {
      own.storeIn(store, password);
    }
    keys.init(store, password);
    context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
    return context;
  }

  /** Connects, and shakes hands by this version, such as TLSv1.3. */
  public static TlsPeer connect(Server server, SSLContext context, String protocol)
      throws IOException {
    TlsPeer peer = prepare(server, context, protocol);
    try {
      peer.tls.startHandshake();
      return peer;
    } catch (IOException e) {
      peer.close();
      throw e;
    }
  }

  /** Connects, and has not begun the handshake. */
  public static TlsPeer prepare(Server server, SSLContext context, String protocol)
      throws IOException {
    Socket socket = new StrictSocket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Await.PATIENCE.toMillis());
    InetSocketAddress address = (InetSocketAddress) server.address();
    try {
      socket.connect(address, (int) Await.PATIENCE.toMillis());
      SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, "localhost", address.getPort(), true);
      tls.setEnabledProtocols(new String[] {protocol});
      return new TlsPeer(socket, tls);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** By itself a TLS socket of the JDK takes a stream that was cut off for one that has ended. */
  private static final class StrictSocket extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
          int read = super.read(bytes, from, count);
          if (read < 0) {
            throw new IOException("the connection ended without close_notify");
          }
          return read;
        }
      };
    }
  }

  public TlsPeer send(byte[] bytes) throws IOException {
    tls.getOutputStream().write(bytes);
    return this;
  }

  public TlsPeer send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Exactly so many bytes. */
  public byte[] receive(int count) throws IOException {
    byte[] bytes = tls.getInputStream().readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the server ended after " + bytes.length + " of " + count + " bytes");
    }
    return bytes;
  }

  public String receiveText(int count) throws IOException {
    return new String(receive(count), StandardCharsets.UTF_8);
  }

  /** Whether the server still answers an echo. */
  public boolean echoes(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    send(bytes);
    return Arrays.equals(receive(bytes.length), bytes);
  }

  /** Everything up to the server's close_notify; a socket that ends without it throws. */
  public byte[] receiveToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    tls.getInputStream().transferTo(all);
    return all.toByteArray();
  }

  /** close_notify: the server sees the end, and may go on sending by TLS 1.3. */
  public TlsPeer halfClose() throws IOException {
    tls.shutdownOutput();
    return this;
  }

  /** FIN without close_notify, as somebody on the way could send it. */
  public void truncate() throws IOException {
    socket.shutdownOutput();
  }

  /** The socket's own connection, below TLS. */
  public Socket socket() {
    return socket;
  }

  public SSLSocket tls() {
    return tls;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
