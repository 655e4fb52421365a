package dev.thaw.featuredefinitions.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeastBytesTest {
  static java.util.List<GoldenBytes.Case> goldenCases() {
    return GoldenBytes.cases();
  }

  @Test
  void theDriverKeyOfTheFeastPageHasItsBytes() {
    TreeMap<String, FeatureValue> keys = new TreeMap<>();
    keys.put("driver_id", new FeatureValue.Int64(1001));
    assertThat(HexFormat.of().formatHex(EntityKeyBytes.encode(new EntityKey(keys))))
        .isEqualTo("0100000002000000090000006472697665725f69640400000008000000e903000000000000");
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void entityKeysAreFeastsAndReadBack(GoldenBytes.Case golden) {
    assertThat(EntityKeyBytes.encode(golden.row().key())).isEqualTo(golden.entityKey());
    assertThat(EntityKeyBytes.decode(golden.entityKey())).isEqualTo(golden.row().key());
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void valuesAreFeastsAndReadBack(GoldenBytes.Case golden) {
    for (GoldenBytes.Cell cell : golden.sqlite()) {
      FeatureValue value = golden.row().features().get(cell.feature());
      assertThat(FeatureValueBytes.encode(value)).as(cell.feature()).isEqualTo(cell.value());
      assertThat(FeatureValueBytes.decode(cell.value())).as(cell.feature()).isEqualTo(value);
    }
  }

  @Test
  void notATimeAndNullValReadAsNull() {
    byte[] notATime = HexFormat.of().parseHex("4080808080808080808001");
    assertThat(FeatureValueBytes.decode(notATime)).isEqualTo(FeatureValue.MISSING);
    assertThat(FeatureValueBytes.decode(HexFormat.of().parseHex("980100")))
        .isEqualTo(FeatureValue.MISSING);
  }

  @Test
  void aTypeOfANewerFeastIsNoSilentNull() {
    assertThatThrownBy(() -> FeatureValueBytes.decode(HexFormat.of().parseHex("a20200")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no Feast value of a known type");
  }

  @Test
  void integersAndTimesAreKeysToo() {
    TreeMap<String, FeatureValue> keys = new TreeMap<>();
    keys.put("a", new FeatureValue.Int32(-2));
    keys.put("b", new FeatureValue.Timestamp(Instant.ofEpochSecond(1772368215)));
    EntityKey key = new EntityKey(keys);
    assertThat(HexFormat.of().formatHex(EntityKeyBytes.encode(key)))
        .isEqualTo(
            "02000000"
                + "020000000100000061"
                + "020000000100000062"
                + "0300000004000000feffffff"
                + "08000000080000005731a46900000000");
    assertThat(EntityKeyBytes.decode(EntityKeyBytes.encode(key))).isEqualTo(key);
  }

  @Test
  void anyPrefixOfAKeyIsRefusedNotMisread() {
    byte[] key = EntityKeyBytes.encode(EntityKey.of("user_id", "日本", "domain", "books"));
    for (int length = 0; length < key.length; length++) {
      byte[] prefix = Arrays.copyOf(key, length);
      assertThatThrownBy(() -> EntityKeyBytes.decode(prefix))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("entity key ");
    }
    assertThatThrownBy(() -> EntityKeyBytes.decode(Arrays.copyOf(key, key.length + 1)))
        .hasMessageContaining("1 bytes left over");
  }

  @Property(tries = 200, seed = "7")
  void anyBytesAreAKeyOrRefusedByAClearError(@ForAll @Size(max = 60) byte[] bytes) {
    try {
      assertThat(EntityKeyBytes.encode(EntityKeyBytes.decode(bytes))).isEqualTo(bytes);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("entity key ");
    }
  }
}
