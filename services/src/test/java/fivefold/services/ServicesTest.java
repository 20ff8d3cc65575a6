package fivefold.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServicesTest {

  @Test
  void findsEachServiceByItsName() {
    for (Service service : Services.all()) {
      assertThat(Services.named(service.name())).isSameAs(service);
    }
  }

  @Test
  void anUnknownServiceIsAnsweredWithTheList() {
    assertThatThrownBy(() -> Services.named("ecko"))
        .hasMessage("unknown service 'ecko'; expected one of time, echo, chat, operator");
  }

  @Test
  void anOptionOfAnotherServiceIsRefused() {
    assertThatThrownBy(() -> Services.named("echo").with("protocol", "time"))
        .hasMessage("the service echo has no option 'protocol'; expected reply");
  }

  @Test
  void anUnknownReplyIsAnsweredWithTheList() {
    assertThatThrownBy(() -> Services.named("echo").with("reply", "uper"))
        .hasMessage("unknown reply 'uper'; expected one of upper, same, message, suffix=TEXT");
  }

  @Test
  void anEmptyOrEndlessSuffixIsRefused() {
    assertThatThrownBy(() -> Services.named("echo").with("reply", "suffix="))
        .hasMessageContaining("0 bytes; expected 1 to 1024");
    assertThatThrownBy(() -> Services.named("echo").with("reply", "suffix=" + "x".repeat(1025)))
        .hasMessageContaining("1025 bytes; expected 1 to 1024");
  }

  @Test
  void anUnknownTimeProtocolIsAnsweredWithTheList() {
    assertThatThrownBy(() -> Services.named("time").with("protocol", "ntp"))
        .hasMessage("unknown protocol 'ntp'; expected one of text, time, daytime");
  }
}
