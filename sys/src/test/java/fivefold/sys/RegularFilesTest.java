package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegularFilesTest {
  @TempDir Path folder;

  @Test
  void tellsTheSizeAndReadsByPosition() throws Exception {
    Path file = Files.writeString(folder.resolve("äöü"), "0123456789");
    int fd = RegularFiles.openForReading(file.toString());
    assertThat(fd).isNotNegative();
    long memory = Memory.allocate(16);
    try {
      assertThat(RegularFiles.size(fd)).isEqualTo(10);
      assertThat(RegularFiles.read(fd, memory, 16, 7)).isEqualTo(3);
      byte[] read = new byte[3];
      Memory.buffer(memory, 3).get(read);
      assertThat(new String(read, StandardCharsets.US_ASCII)).isEqualTo("789");
      assertThat(RegularFiles.read(fd, memory, 16, 10)).isZero();
    } finally {
      Memory.free(memory);
      Descriptors.close(fd);
    }
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(RegularFiles.openForReading(folder.resolve("none").toString()))
        .isEqualTo(-Errno.ENOENT);
    assertThat(RegularFiles.size(-1)).isEqualTo(-Errno.EBADF);
    assertThat(RegularFiles.send(-1, -1, 0, 1)).isEqualTo(-Errno.EBADF);
  }
}
