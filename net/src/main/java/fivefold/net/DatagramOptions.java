package fivefold.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a datagram server listens; built by {@link DatagramServerBuilder}, which documents each and
 * checks it.
 *
 * @param peer whom alone it serves; null for everybody
 * @param sendBufferBytes 0 leaves it to the system
 * @param receiveBufferBytes 0 leaves it to the system
 * @param datagramLimitBytes what of a datagram is kept
 * @param replyBeyondBytes by how much replies may exceed the datagram they answer
 * @param batch datagrams by one system call, where the model can
 * @param receiveOffload whether the kernel may join datagrams, where the model can
 * @param timestamps whether the kernel notes when a datagram came, where the model can
 * @param stages who hears of what its threads are in; null for nobody
 */
public record DatagramOptions(
    SocketAddress address,
    @Nullable InetSocketAddress peer,
    int loops,
    int workers,
    boolean reuseAddress,
    int sendBufferBytes,
    int receiveBufferBytes,
    int datagramLimitBytes,
    int replyBeyondBytes,
    int batch,
    boolean receiveOffload,
    boolean timestamps,
    ServerListener listener,
    @Nullable StageRecorder stages) {}
