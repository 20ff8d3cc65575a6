package fivefold.cli.architecture.planted.net;

/** As the real one: with a constant to name. */
public enum IoModel {
  EPOLL
}
