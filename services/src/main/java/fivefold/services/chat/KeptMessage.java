package fivefold.services.chat;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * What the store keeps of a message beside its id and its room, which are its key and its map.
 *
 * @param atMillis since 1970
 */
record KeptMessage(long atMillis, String from, String text) {

  /** How the store reads and writes it: the time as eight bytes, two strings with their length. */
  static final class Type extends BasicDataType<KeptMessage> {
    private static final int OVERHEAD_BYTES = 96;

    @Override
    public int getMemory(KeptMessage kept) {
      return OVERHEAD_BYTES + 2 * (kept.from.length() + kept.text.length());
    }

    @Override
    public void write(WriteBuffer out, KeptMessage kept) {
      out.putLong(kept.atMillis);
      write(out, kept.from);
      write(out, kept.text);
    }

    private static void write(WriteBuffer out, String text) {
      out.putVarInt(text.length()).putStringData(text, text.length());
    }

    @Override
    public KeptMessage read(ByteBuffer in) {
      return new KeptMessage(in.getLong(), DataUtils.readString(in), DataUtils.readString(in));
    }

    @Override
    public KeptMessage[] createStorage(int size) {
      return new KeptMessage[size];
    }
  }

  ChatMessage of(String room, long id) {
    return new ChatMessage(id, atMillis, room, from, text);
  }
}
