/**
 * TLS 1.2 and 1.3 as a layer around any stream handler, by the JDK's {@code SSLEngine}.
 *
 * <pre>{@code
 * TlsIdentity identity = TlsIdentity.read(Path.of("cert.pem"), Path.of("key.pem"));
 * Server.tcp(8443, Echo::new).layer(TlsServer.of(identity)).start();
 * }</pre>
 *
 * <p>The handler sees an ordinary {@link fivefold.net.Connection}, and by {@link
 * fivefold.net.tls.TlsSession#of} what was negotiated. It hears of a connection when the handshake
 * is done; of one whose handshake fails it never hears.
 */
@NullMarked
package fivefold.net.tls;

import org.jspecify.annotations.NullMarked;
