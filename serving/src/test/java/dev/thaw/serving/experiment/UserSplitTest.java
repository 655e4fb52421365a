package dev.thaw.serving.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ExperimentConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserSplitTest {
  private static final ServingConfig SERVING = ThawConfig.embedded(Path.of("home")).serving();
  private static final List<UserId> USERS =
      IntStream.range(0, 20_000).mapToObj(i -> UserId.of("user-" + i)).toList();

  /** Of chi-square with 1 and 2 degrees of freedom; exceeded once in 1,000 times. */
  private static final double CRITICAL_1 = 10.83;

  private static final double CRITICAL_2 = 13.82;

  /** The points were computed by the description of the hash in another language. */
  @ParameterizedTest
  @CsvSource({
    "u0, 0.270573222633837",
    "u1, 0.6029343431298404",
    "session:abc, 0.23610679551913394",
    "ümlaut, 0.11309873017028271",
    "u4, 0.9507958725385931"
  })
  void pointsAreThoseOfTheDescription(String user, double point) {
    UserId id = UserId.of(user);
    assertThat(split("spring", "bolder", point + 1e-12).of(id)).isEqualTo(0);
    assertThat(split("spring", "bolder", point - 1e-12).of(id)).isEqualTo(1);
  }

  @Test
  void configurationsMeetTheirSharesOfUsers() {
    double[] shares = {0.1, 0.6, 0.3};
    int[] counts = new int[shares.length];
    UserSplit split = split("", "three", shares[0], shares[1]);
    USERS.forEach(user -> counts[split.of(user)]++);
    double chiSquare = 0;
    for (int i = 0; i < shares.length; i++) {
      double expected = shares[i] * USERS.size();
      chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    assertThat(chiSquare).isLessThan(CRITICAL_2);
  }

  @Test
  void anotherShareMovesNobodyTheOtherWay() {
    UserSplit before = split("", "two", 0.5);
    UserSplit after = split("", "two", 0.6);
    assertThat(USERS).noneMatch(user -> before.of(user) == 0 && after.of(user) == 1);
    assertThat(USERS.stream().filter(user -> before.of(user) != after.of(user)).count())
        .isBetween(1_850L, 2_150L);
  }

  @ParameterizedTest
  @CsvSource({"may, e, june, e", "may, e, may, f"})
  void experimentsAndSaltsAreIndependent(String salt, String name, String salt2, String name2) {
    UserSplit one = split(salt, name, 0.5);
    UserSplit other = split(salt2, name2, 0.5);
    double[][] counts = new double[2][2];
    USERS.forEach(user -> counts[one.of(user)][other.of(user)]++);
    double a = counts[0][0];
    double b = counts[0][1];
    double c = counts[1][0];
    double d = counts[1][1];
    double difference = a * d - b * c;
    double chiSquare =
        USERS.size() * difference * difference / ((a + b) * (c + d) * (a + c) * (b + d));
    assertThat(chiSquare).isLessThan(CRITICAL_1);
  }

  /** The last configuration takes what the given shares leave. */
  private static UserSplit split(String salt, String name, double... shares) {
    List<ExperimentConfig.Configuration> all = new ArrayList<>();
    double left = 1;
    for (double share : shares) {
      all.add(new ExperimentConfig.Configuration("c" + all.size(), share, SERVING));
      left -= share;
    }
    all.add(new ExperimentConfig.Configuration("c" + all.size(), left, SERVING));
    return new UserSplit(new ExperimentConfig(name, salt, all));
  }
}
