package fivefold.cluster;

/** A message that no server of ours has written. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedException(String message) {
    super(message);
  }
}
