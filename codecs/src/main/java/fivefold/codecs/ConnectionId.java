package fivefold.codecs;

import io.netty.channel.ChannelId;

/** Netty's name for a channel: our connection's number, without a look for network cards. */
record ConnectionId(long number) implements ChannelId {

  @Override
  public String asShortText() {
    return Long.toHexString(number);
  }

  @Override
  public String asLongText() {
    return asShortText();
  }

  @Override
  public int compareTo(ChannelId other) {
    return other instanceof ConnectionId id
        ? Long.compare(number, id.number)
        : asLongText().compareTo(other.asLongText());
  }
}
