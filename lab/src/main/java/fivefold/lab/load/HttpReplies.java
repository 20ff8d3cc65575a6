package fivefold.lab.load;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Replies of HTTP/1.1, RFC 9112: finds where each ends, by Content-Length or chunks. A reply that
 * ends with its connection is no use on one that is to stay, and counts as broken.
 */
final class HttpReplies implements Replies {
  private static final int HEAD_LIMIT_BYTES = 64 * 1024;
  private static final int CHUNK_DIGITS_LIMIT = 15;

  private enum Part {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  private final HttpBody wanted;
  private final HttpHead head = new HttpHead(HEAD_LIMIT_BYTES);
  private final CRC32C checksum = new CRC32C();
  private Part part = Part.HEAD;

  /** Of the body, or of the chunk. */
  private long missingBytes;

  private int digits;
  private long bodyBytes;
  private int trailerLineBytes;

  HttpReplies(HttpBody wanted) {
    this.wanted = wanted;
  }

  @Override
  public int take(ByteBuffer in, Tally tally) {
    int ended = 0;
    while (in.hasRemaining()) {
      if (part == Part.BODY || part == Part.CHUNK) {
        body(in);
      } else if (!step(in.get())) {
        tally.mismatch(
            head.isReply()
                ? "a reply without Content-Length and not in chunks: it ends with its connection"
                : "what came is no reply of HTTP/1");
        return BROKEN;
      }
      if (part == Part.BODY && missingBytes == 0) {
        end(tally);
        ended++;
      }
    }
    return ended;
  }

  private void body(ByteBuffer in) {
    int count = (int) Math.min(missingBytes, in.remaining());
    int limit = in.limit();
    checksum.update(in.limit(in.position() + count));
    in.limit(limit);
    bodyBytes += count;
    missingBytes -= count;
    if (part == Part.CHUNK && missingBytes == 0) {
      part = Part.CHUNK_END;
    }
  }

  /** False when this byte cannot be there. */
  private boolean step(byte next) {
    switch (part) {
      case HEAD -> {
        return head(next);
      }
      case CHUNK_SIZE -> {
        return chunkSize(next);
      }
      case CHUNK_EXTENSION -> {
        if (next == '\n') {
          chunkBegins();
        }
      }
      case CHUNK_END -> {
        if (next == '\n') {
          part = Part.CHUNK_SIZE;
          digits = 0;
          missingBytes = 0;
        } else if (next != '\r') {
          return false;
        }
      }
      case TRAILER -> {
        if (next == '\n') {
          if (trailerLineBytes == 0) {
            part = Part.BODY; // with nothing missing: the reply has ended
          }
          trailerLineBytes = 0;
        } else if (next != '\r') {
          trailerLineBytes++;
        }
      }
      case BODY, CHUNK -> throw new IllegalStateException("no byte by byte");
    }
    return true;
  }

  private boolean head(byte next) {
    if (!head.add(next)) {
      return false;
    }
    if (!head.isWhole()) {
      return true;
    }
    if (!head.isReply()) {
      return false;
    }
    if (head.isInterim()) {
      head.clear();
    } else if (head.isChunked()) {
      part = Part.CHUNK_SIZE;
      digits = 0;
      missingBytes = 0;
    } else {
      missingBytes = head.contentBytes();
      part = Part.BODY;
      return missingBytes >= 0;
    }
    return true;
  }

  private boolean chunkSize(byte next) {
    int digit = Character.digit(next, 16);
    if (digit >= 0) {
      missingBytes = missingBytes * 16 + digit;
      return ++digits <= CHUNK_DIGITS_LIMIT;
    }
    if (digits == 0) {
      return false;
    }
    if (next == '\n') {
      chunkBegins();
      return true;
    }
    part = Part.CHUNK_EXTENSION;
    return next == '\r' || next == ';' || next == ' ' || next == '\t';
  }

  private void chunkBegins() {
    trailerLineBytes = 0;
    part = missingBytes == 0 ? Part.TRAILER : Part.CHUNK;
  }

  private void end(Tally tally) {
    if (!head.isSuccess()) {
      tally.mismatch(head.statusText());
    } else if (!wanted.accepts(bodyBytes, checksum.getValue())) {
      tally.mismatch("a body that differs from the first");
    }
    part = Part.HEAD;
    head.clear();
    checksum.reset();
    bodyBytes = 0;
  }
}
