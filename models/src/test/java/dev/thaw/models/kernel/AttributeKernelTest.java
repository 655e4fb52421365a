package dev.thaw.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;

class AttributeKernelTest {
  private static final double GAMMA = 0.7;
  private static final List<Map<String, String>> USERS =
      List.of(
          Map.of("age", "young", "gender", "f"),
          Map.of("age", "old", "gender", "f", "ignored", "x"),
          Map.of("gender", "m"),
          Map.of());
  private final AttributeKernel kernel = AttributeKernel.of(GAMMA, List.of("age", "gender"), USERS);

  private double[] values(AttributeKernel each, Map<String, String> attributes) {
    double[] values = {1, 2, 1, 1};
    each.multiply(attributes, values);
    return values;
  }

  @Test
  void attributesThatDifferMakeLessAlikeAndUnknownOnesHalfAsMuch() {
    assertThat(values(kernel, Map.of("age", "young", "gender", "f", "ignored", "y")))
        .containsExactly(
            new double[] {1, 2 * Math.exp(-GAMMA), Math.exp(-1.5 * GAMMA), Math.exp(-GAMMA)},
            Offset.offset(1e-12));
    assertThat(values(kernel, Map.of()))
        .containsExactly(
            new double[] {Math.exp(-GAMMA), 2 * Math.exp(-GAMMA), Math.exp(-GAMMA / 2), 1},
            Offset.offset(1e-12));
    assertThat(values(kernel, Map.of("age", "never seen", "gender", "m"))[0])
        .isCloseTo(Math.exp(-2 * GAMMA), Offset.offset(1e-12));
  }

  @Test
  void withoutNamesNothingChanges() {
    AttributeKernel none = AttributeKernel.of(GAMMA, List.of(), USERS);
    assertThat(values(none, USERS.get(0))).containsExactly(1, 2, 1, 1);
  }

  @Test
  void theMatrixOfUsersIsWhatEachHasAndPositiveDefinite() {
    DMatrixRMaj matrix = new DMatrixRMaj(4, 4);
    Arrays.fill(matrix.data, 1);
    kernel.multiply(matrix);
    for (int user = 0; user < 4; user++) {
      double[] row = {1, 1, 1, 1};
      kernel.multiply(USERS.get(user), row);
      assertThat(Arrays.copyOfRange(matrix.data, 4 * user, 4 * user + 4)).isEqualTo(row);
      assertThat(matrix.get(user, user)).isOne();
    }
    assertThat(DecompositionFactory_DDRM.chol(4, true).decompose(matrix.copy())).isTrue();
  }

  @Test
  void bytesGiveTheSameKernelAndDamagedOnesNameTheByte() {
    BinaryWriter written = new BinaryWriter();
    kernel.write(written);
    byte[] bytes = written.toByteArray();
    AttributeKernel read = AttributeKernel.read(new BinaryReader("kernel", bytes), 4);
    for (Map<String, String> user : USERS) {
      assertThat(values(read, user)).isEqualTo(values(kernel, user));
    }
    assertThatThrownBy(() -> AttributeKernel.read(new BinaryReader("kernel", bytes), 5))
        .hasMessageContaining("8 values of 2 attributes of 5 users");
    for (int length : new int[] {0, 9, bytes.length - 1}) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> AttributeKernel.read(new BinaryReader("kernel", cut), 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("byte");
    }
  }
}
