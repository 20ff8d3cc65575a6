package fivefold.net;

/** Which method of a {@link StreamHandler} is called. */
public enum HandlerCall {
  OPEN,
  /** Also the only one of a {@link DatagramHandler}. */
  RECEIVE,
  END,
  WRITABLE,
  CLOSING,
  CLOSE
}
