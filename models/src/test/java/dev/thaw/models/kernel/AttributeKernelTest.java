package dev.thaw.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.interactions.UserAttributes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;

class AttributeKernelTest {
  private static final double GAMMA = 0.7;
  private static final int KINDS = 4;

  /** Five times each of four kinds. */
  private static final List<Map<String, String>> USERS = new ArrayList<>();

  static {
    for (int n = 0; n < 5; n++) {
      USERS.add(Map.of("age", "young", "gender", "f"));
      USERS.add(Map.of("age", "old", "gender", "f", "ignored", "x"));
      USERS.add(Map.of("gender", "m"));
      USERS.add(Map.of());
    }
  }

  private final AttributeKernel kernel = kernel(List.of("age", "gender"), USERS);

  private static AttributeKernel kernel(List<String> names, List<Map<String, String>> users) {
    Map<UserId, Map<String, String>> byUser = new HashMap<>();
    List<UserId> ids = new ArrayList<>();
    for (Map<String, String> user : users) {
      UserId id = new UserId("u" + ids.size());
      byUser.put(id, user);
      ids.add(id);
    }
    return AttributeKernel.of(GAMMA, new UserAttributes(names, byUser), ids);
  }

  /** Of one user of each kind, beside a kernel of 1, 2, 1 and 1. */
  private static double[] values(AttributeKernel each, Map<String, String> attributes) {
    double[] values = new double[USERS.size()];
    for (int user = 0; user < values.length; user++) {
      values[user] = user % KINDS == 1 ? 2 : 1;
    }
    each.multiply(attributes, values);
    return Arrays.copyOf(values, KINDS);
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
    AttributeKernel none = kernel(List.of(), USERS);
    assertThat(values(none, USERS.get(0))).containsExactly(1, 2, 1, 1);
  }

  @Test
  void valuesThatFewerThanFiveShareAreNotKept() {
    List<Map<String, String>> users = new ArrayList<>(USERS);
    users.add(Map.of("age", "105"));
    AttributeKernel with = kernel(List.of("age", "gender"), users);
    double[] values = new double[users.size()];
    Arrays.fill(values, 1);
    with.multiply(Map.of(), values);
    // as one of whom nothing is known
    assertThat(values[users.size() - 1]).isOne();
    assertThat(new String(bytes(with), StandardCharsets.UTF_8)).contains("young");
    assertThat(new String(bytes(with), StandardCharsets.UTF_8)).doesNotContain("105");
  }

  @Test
  void aUserWhoIsThereSeveralTimesSharesAValueWithNobody() {
    UserId one = new UserId("one");
    AttributeKernel five =
        AttributeKernel.of(
            GAMMA,
            new UserAttributes(List.of("age"), Map.of(one, Map.of("age", "105"))),
            Collections.nCopies(5, one));
    assertThat(new String(bytes(five), StandardCharsets.UTF_8)).doesNotContain("105");
  }

  @Test
  void theMatrixOfUsersIsWhatEachHasAndPositiveDefinite() {
    int size = USERS.size();
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    Arrays.fill(matrix.data, 1);
    kernel.multiply(matrix);
    DMatrixRMaj kinds = new DMatrixRMaj(KINDS, KINDS);
    for (int user = 0; user < size; user++) {
      double[] row = new double[size];
      Arrays.fill(row, 1);
      kernel.multiply(USERS.get(user), row);
      assertThat(Arrays.copyOfRange(matrix.data, size * user, size * (user + 1))).isEqualTo(row);
      assertThat(matrix.get(user, user)).isOne();
      if (user < KINDS) {
        System.arraycopy(row, 0, kinds.data, KINDS * user, KINDS);
      }
    }
    assertThat(DecompositionFactory_DDRM.chol(KINDS, true).decompose(kinds)).isTrue();
  }

  private static byte[] bytes(AttributeKernel each) {
    BinaryWriter written = new BinaryWriter();
    each.write(written);
    return written.toByteArray();
  }

  private static AttributeKernel read(byte[] bytes, int users) {
    return AttributeKernel.read(new BinaryReader("kernel", bytes), GAMMA, users);
  }

  @Test
  void bytesGiveTheSameKernelAndDamagedOnesNameTheByte() {
    byte[] bytes = bytes(kernel);
    AttributeKernel same = read(bytes, USERS.size());
    for (Map<String, String> user : USERS) {
      assertThat(values(same, user)).isEqualTo(values(kernel, user));
    }
    assertThatThrownBy(() -> read(bytes, 5))
        .hasMessageContaining("40 values of 2 attributes of 5 users");
    for (int length : new int[] {0, 9, bytes.length - 1}) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut, USERS.size()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("byte");
    }
  }
}
