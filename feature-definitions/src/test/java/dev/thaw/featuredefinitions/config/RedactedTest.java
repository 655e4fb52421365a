package dev.thaw.featuredefinitions.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://r:6379 | redis://r:6379",
        "redis://thaw:secret@r:6379 | redis://thaw:***@r:6379",
        "rediss://secret@r:6379?timeout=1s | rediss://***@r:6379?timeout=1s",
        "redis://:sec,ret@r:1,redis://a:secret@s:2 | redis://:***@r:1,redis://a:***@s:2",
        "http://root:sec@ret@m:19530 | http://root:***@m:19530",
        "thaw:secret@r | thaw:***@r",
        "/home/of/online.db | /home/of/online.db",
      })
  void keepsAllButThePassword(String address, String shown) {
    assertThat(Redacted.addresses(address)).isEqualTo(shown);
  }

  @Property
  void noPasswordOfAnySpellingIsLeft(
      @ForAll @CharRange(from = '!', to = '~') @StringLength(max = 12) String around) {
    String secret = around + "Q9-planted-Q9" + around;
    assertThat(Redacted.addresses("redis://thaw:" + secret + "@host:6379"))
        .doesNotContain("Q9-planted-Q9")
        .endsWith("@host:6379");
  }
}
