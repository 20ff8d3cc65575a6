package fivefold.net;

/**
 * Counts since the start, and what is open now. The parts are read one after the other, while the
 * server runs.
 *
 * @param open connections open now
 * @param accepted connections accepted
 * @param refused connections closed at once because of a limit
 * @param acceptPauses times that accepting paused because descriptors or memory ran out
 * @param receivedBytes bytes read from peers
 * @param sentBytes bytes the kernel took for peers
 * @param receivedDatagrams datagrams read
 * @param sentDatagrams datagrams the kernel took
 * @param dropped messages dropped by an outbox policy, or datagrams that could not be sent
 * @param handlerErrors exceptions thrown by handlers
 */
public record ServerStats(
    long open,
    long accepted,
    long refused,
    long acceptPauses,
    long receivedBytes,
    long sentBytes,
    long receivedDatagrams,
    long sentDatagrams,
    long dropped,
    long handlerErrors) {}
