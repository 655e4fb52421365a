package dev.thaw.serving.experiment;

import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.config.ExperimentConfig;
import dev.thaw.featuredefinitions.config.ExperimentConfig.Configuration;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.nio.charset.StandardCharsets;

/**
 * Which configuration of an experiment serves a user, by nothing but the salt, the name of the
 * experiment and the user's id: the same on every server and after every restart, independent of
 * other experiments, and nothing is stored. The unit is the id a request names; an anonymous
 * session is a user of its own.
 *
 * <p>The point of a user is the first eight bytes of SHA-256 over the UTF-8 bytes of {@code salt 0
 * name 0 user id}, the first byte the lowest, shifted right by 11 and divided by 2^53: uniform in
 * [0, 1). Configurations own intervals of the length of their shares, in their order. So where two
 * have their shares changed, only users between the old and the new border move. Immutable.
 */
public final class UserSplit {
  private static final char SEPARATOR = 0;
  private static final double UNIT = 0x1p-53;

  private final String key;
  private final double[] ends;

  public UserSplit(ExperimentConfig experiment) {
    this.key = experiment.salt() + SEPARATOR + experiment.name() + SEPARATOR;
    this.ends = experiment.configurations().stream().mapToDouble(Configuration::share).toArray();
    for (int i = 1; i < ends.length; i++) {
      ends[i] += ends[i - 1];
    }
  }

  /** Place among the configurations. */
  public int of(UserId user) {
    double point = point(user);
    int place = 0;
    // shares may add to a rounding less than 1: the last one takes what is left
    while (place < ends.length - 1 && point >= ends[place]) {
      place++;
    }
    return place;
  }

  private double point(UserId user) {
    long first = Hashing.sha256().hashString(key + user.value(), StandardCharsets.UTF_8).asLong();
    return (first >>> 11) * UNIT;
  }
}
