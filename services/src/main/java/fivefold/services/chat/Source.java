package fivefold.services.chat;

/** An address from which connections come, and what is counted for all of them together. */
final class Source {
  final String text;
  final RateLimit rate;

  // Guarded by the Door.
  int connections;

  Source(String text, RateLimit rate) {
    this.text = text;
    this.rate = rate;
  }
}
