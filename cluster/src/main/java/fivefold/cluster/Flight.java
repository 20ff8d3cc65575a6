package fivefold.cluster;

import fivefold.services.chat.Draft;
import java.util.List;

/**
 * Drafts on their way into the stream, together. Sent again, it is the same bytes under the same
 * number.
 */
final class Flight {
  final long number;
  final Lane lane;
  final List<Draft> drafts;
  final long weightBytes;
  final byte[] encoded;
  long firstSentNanos;
  long sentNanos;

  /** Where the broker has it; 0 until that is known. */
  long sequence;

  /** This attempt has failed. */
  boolean failed;

  Flight(long number, Lane lane, List<Draft> drafts, long weightBytes, byte[] encoded) {
    this.number = number;
    this.lane = lane;
    this.drafts = drafts;
    this.weightBytes = weightBytes;
    this.encoded = encoded;
  }

  String subject(Subjects subjects) {
    return drafts.getFirst().isTopic() ? subjects.topic(lane.room) : subjects.said(lane.room);
  }
}
