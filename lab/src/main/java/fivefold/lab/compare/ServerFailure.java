package fivefold.lab.compare;

import java.io.IOException;

/** A server did not start, did not answer, or ended: its row says so, the others go on. */
final class ServerFailure extends IOException {
  private static final long serialVersionUID = 1;

  ServerFailure(String message) {
    super(message);
  }
}
