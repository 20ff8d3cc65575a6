package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.lab.crowd.CrowdRoom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A crowd as a user raises it, a small one. */
@Timeout(120)
class CrowdTest {
  @BeforeEach
  void needsRings() {
    assumeTrue(CrowdRoom.ofThisMachine().unavailable().isEmpty());
  }

  @Test
  void eachIsAnsweredAndAllAreClosed() throws Exception {
    try (Fivefold crowd = Fivefold.start("crowd", "700")) {
      String output = crowd.output();
      assertThat(crowd.exitCode()).as(crowd.errors()).isZero();
      assertThat(output)
          .contains("takes about")
          .contains("warmed up by 100,000 messages")
          .containsPattern("connected 700 of 700 in ")
          .contains("700 right byte for byte, 0 wrong or lost")
          .contains("too little of the server's CPU to tell")
          .containsPattern("closed all in ");
    }
  }

  @Test
  void aChatHearsItsBroadcast() throws Exception {
    try (Fivefold crowd = Fivefold.start("crowd", "300", "--service", "chat")) {
      String output = crowd.output();
      assertThat(crowd.exitCode()).as(crowd.errors()).isZero();
      assertThat(output).contains("300 heard it byte for byte, 0 did not");
    }
  }

  @Test
  void tooManyIsOneClearLine() throws Exception {
    try (Fivefold crowd = Fivefold.start("crowd", "2000000000")) {
      assertThat(crowd.exitCode()).isEqualTo(1);
      assertThat(crowd.errors())
          .contains("2,000,000,000 connections are too many here: at most ")
          .hasLineCount(1);
    }
  }

  @Test
  void badWordsAreBadUsage() {
    assertThat(Main.run("crowd", "0")).isEqualTo(2);
    assertThat(Main.run("crowd", "10", "--service", "time")).isEqualTo(2);
    assertThat(Main.run("crowd", "10", "--style", "callbacks")).isEqualTo(2);
    assertThat(Main.run("crowd", "10", "--service", "chat", "--style", "callback")).isEqualTo(2);
  }
}
