package fivefold.codecs;

import fivefold.net.CloseReason;

/**
 * A user event of the pipeline: the server is about to close the connection in order, and what is
 * sent now still leaves ({@link fivefold.net.StreamHandler#onClosing}).
 */
public record ClosingEvent(CloseReason reason) {}
