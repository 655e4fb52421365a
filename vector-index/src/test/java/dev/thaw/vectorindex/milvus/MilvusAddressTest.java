package dev.thaw.vectorindex.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MilvusAddressTest {
  @Test
  void keepsWhoAsksApartFromTheServer() {
    MilvusAddress address = MilvusAddress.of("http://root:Mil%40vus@milvus.example:19530");
    assertThat(address.uri()).isEqualTo("http://milvus.example:19530");
    assertThat(address.token()).isEqualTo("root:Mil@vus");
    assertThat(address).hasToString("milvus.example:19530");
    assertThat(MilvusAddress.of("https://milvus:19530").token()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "milvus:19530",
        "http://milvus",
        "http://root:secret@milvus",
        "http://a:secret@b c:1",
        ""
      })
  void refusesWhatIsNoAddressWithoutRepeatingThePassword(String uri) {
    assertThatThrownBy(() -> MilvusAddress.of(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host:port")
        .hasMessageNotContaining("secret");
  }
}
