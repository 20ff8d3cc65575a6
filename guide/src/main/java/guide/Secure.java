package guide;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.net.tls.CertificateFiles;
import fivefold.net.tls.TlsServer;
import fivefold.net.tls.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Says how it is spoken to. */
class Secure implements StreamHandler {
  static Server start(int port, IoModel model, Path chain, Path key) throws IOException {
    TlsServer tls =
        TlsServer.builder()
            .identity(new CertificateFiles(chain, key))
            .applicationProtocols("greeting")
            .build();
    return Server.tcp(port, Secure::new).model(model).layer(tls).start();
  }

  @Override
  public void onOpen(Connection peer) {
    TlsSession tls = TlsSession.of(peer);
    peer.sendLine(tls == null ? "in the clear" : "by " + tls.protocol());
  }

  @Override
  public void onReceive(Connection peer, ByteBuffer data) {
    peer.send(data);
  }
}
