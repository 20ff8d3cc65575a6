package fivefold.services.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fivefold.net.CloseReason;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * A client sends any bytes, in any pieces. The chat fails nowhere, what anybody hears is whole
 * lines of harmless text, and when the client has gone nothing of it is left.
 */
class ChatLinesFuzzTest {
  private static final int PIECES = 64;

  private static final LoggedFaults FAULTS = LoggedFaults.watch("fivefold.services.chat");
  private static final Chat CHAT = open();

  @FuzzTest
  void anyBytesDoNoHarm(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    HeardConnection neighbour = new HeardConnection();
    StreamHandler listening = CHAT.handlers().get();
    listening.onOpen(neighbour);
    listening.onReceive(neighbour, ByteBuffer.wrap("/join java\n".getBytes(UTF_8)));

    HeardConnection client = new HeardConnection();
    StreamHandler speaking = CHAT.handlers().get();
    speaking.onOpen(client);
    int piece = 1 + Math.floorMod(input[0], PIECES);
    for (int at = 1; at < input.length && client.isOpen(); at += piece) {
      byte[] part = Arrays.copyOfRange(input, at, Math.min(input.length, at + piece));
      speaking.onReceive(client, ByteBuffer.wrap(part));
    }
    speaking.onEnd(client);
    // The question waits for its turn, behind all that was said.
    require(CHAT.members().size() <= 2, "more members than connections");
    speaking.onClose(client, CloseReason.PEER_CLOSED);
    listening.onClose(neighbour, CloseReason.PEER_CLOSED);
    require(CHAT.members().isEmpty(), "a member without a connection is left");
    require(CHAT.rooms().isEmpty(), "a room without a member is left");
    requireHarmless(client.takeHeard());
    requireHarmless(neighbour.takeHeard());
    FAULTS.requireNone();
  }

  private static void requireHarmless(byte[] heard) {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(heard)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("sent bytes that are no UTF-8", e);
    }
    require(text.isEmpty() || text.endsWith("\n"), "sent a line without an end");
    text.chars()
        .forEach(c ->
            require(
                c == '\n' || c == '\t' || !(Character.isISOControl(c) || turnsDirection(c)),
                "sent the character U+" + Integer.toHexString(c)));
  }

  private static boolean turnsDirection(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private static Chat open() {
    try {
      return Chat.open(
          ChatOptions.DEFAULT
              .withMessagesPerSecond(0)
              .withConnectionsPerAddress(0)
              .withHistory(HistoryOptions.MEMORY.withMessages(20)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
