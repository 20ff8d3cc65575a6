package fivefold.services;

import java.util.Locale;

/** What carries a service. */
public enum Transport {
  TCP,
  UDP;

  /** As one writes it: {@code tcp}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
