package fivefold.net.loop;

import fivefold.net.PeerCredentials;
import fivefold.net.Stage;
import fivefold.net.StageRecorder;
import fivefold.net.StageSpan;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A transport whose calls that move bytes or accept are recorded. */
final class StageTransport implements Transport {
  private final Transport transport;
  private final StageRecorder recorder;

  private StageTransport(Transport transport, StageRecorder recorder) {
    this.transport = transport;
    this.recorder = recorder;
  }

  /** The transport itself when nobody records. */
  static Transport around(Transport transport, @Nullable StageRecorder recorder) {
    return recorder == null ? transport : new StageTransport(transport, recorder);
  }

  @Override
  public int accept(int listener, PeerAddress peer) {
    StageSpan span = recorder.begin(Stage.ACCEPT);
    int result = transport.accept(listener, peer);
    span.end(Math.min(0, result));
    return result;
  }

  @Override
  public int receive(int handle, ByteBuffer into) {
    StageSpan span = recorder.begin(Stage.READ);
    int result = transport.receive(handle, into);
    span.end(result);
    return result;
  }

  @Override
  public int send(int handle, ByteBuffer from) {
    StageSpan span = recorder.begin(Stage.WRITE);
    int result = transport.send(handle, from);
    span.end(result);
    return result;
  }

  @Override
  public int sendFile(int handle, OpenFile file, long positionBytes, int bytes) {
    StageSpan span = recorder.begin(Stage.WRITE);
    int result = transport.sendFile(handle, file, positionBytes, bytes);
    span.end(result);
    return result;
  }

  @Override
  public int receiveFrom(int handle, ByteBuffer into, PeerAddress source) {
    StageSpan span = recorder.begin(Stage.READ);
    int result = transport.receiveFrom(handle, into, source);
    span.end(result);
    return result;
  }

  @Override
  public int sendTo(int handle, ByteBuffer datagram, PeerAddress destination) {
    int bytes = datagram.remaining();
    StageSpan span = recorder.begin(Stage.WRITE);
    int result = transport.sendTo(handle, datagram, destination);
    span.end(result < 0 ? result : bytes);
    return result;
  }

  // ---- as it is

  @Override
  public int listen(SocketAddress address, SocketOptions options) throws IOException {
    return transport.listen(address, options);
  }

  @Override
  public int connect(SocketAddress address, SocketOptions options) throws IOException {
    return transport.connect(address, options);
  }

  @Override
  public int bindDatagram(SocketAddress address, SocketOptions options) throws IOException {
    return transport.bindDatagram(address, options);
  }

  @Override
  public void connectDatagram(int handle, SocketAddress peer) throws IOException {
    transport.connectDatagram(handle, peer);
  }

  @Override
  public OpenFile openFile(Path path) throws IOException {
    return transport.openFile(path);
  }

  @Override
  public PeerAddress newPeerAddress() {
    return transport.newPeerAddress();
  }

  @Override
  public int pendingError(int handle) {
    return transport.pendingError(handle);
  }

  @Override
  public int shutdownOutput(int handle) {
    return transport.shutdownOutput(handle);
  }

  @Override
  public void close(int handle) {
    transport.close(handle);
  }

  @Override
  public void reset(int handle) {
    transport.reset(handle);
  }

  @Override
  public boolean hasMessageCalls() {
    return transport.hasMessageCalls();
  }

  @Override
  public SocketAddress localAddress(int handle) {
    return transport.localAddress(handle);
  }

  @Override
  public @Nullable PeerCredentials peerCredentials(int handle) {
    return transport.peerCredentials(handle);
  }
}
