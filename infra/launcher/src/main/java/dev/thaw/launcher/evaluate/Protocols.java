package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.split.ColdDomainSplit;
import dev.thaw.evaluation.split.MeluSplit;
import dev.thaw.evaluation.split.Protocol;
import dev.thaw.evaluation.split.SourceUsersSplit;
import dev.thaw.evaluation.split.TemporalSplit;
import dev.thaw.evaluation.split.UserFold;
import dev.thaw.evaluation.split.UserSplit;
import java.util.List;

/**
 * The protocols by name.
 *
 * @param knownUsers of a domain that has just opened
 */
public record Protocols(UserSplit users, int knownUsers) {
  public static final String USERS_BY_K = "users-by-k";

  /** Of items, where the others are of users. */
  public static final String ITEMS_BY_COUNT = "items-by-count";

  /** As for an option's description. */
  public static final String NAMES =
      "users-by-k, items-by-count, cross-domain, melu, domain-cold-start or temporal";

  /**
   * The parts that are measured one after the other and counted as one: a single one, or the folds.
   *
   * @param folds 0 for none
   * @throws IllegalArgumentException naming the protocols there are
   */
  public List<Protocol> parts(String name, int folds) {
    if (folds == 0) {
      return List.of(of(name));
    }
    if (!name.equals(USERS_BY_K)) {
      throw new IllegalArgumentException("--folds goes with " + USERS_BY_K + ", not " + name);
    }
    return List.copyOf(UserFold.all(users, folds));
  }

  private Protocol of(String name) {
    return switch (name) {
      case USERS_BY_K -> users;
      case "cross-domain" -> new SourceUsersSplit(users);
      case "melu" -> new MeluSplit(users);
      case "domain-cold-start" -> new ColdDomainSplit(users, knownUsers);
      case "temporal" -> new TemporalSplit(users);
      default ->
          throw new IllegalArgumentException(
              "--protocol must be " + NAMES + ", was \"" + name + '"');
    };
  }
}
