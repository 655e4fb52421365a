package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.Cases;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.items.HeldOut;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.report.ReportFolder;
import dev.thaw.evaluation.split.UserSplit;
import dev.thaw.launcher.console.Progress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the options of an evaluation ask for, whatever the protocol.
 *
 * @param counts interactions given; empty for those of the protocol
 * @param share of the users, or items, held out
 * @param newItems held out in place of such a share; empty where they are drawn
 * @param maxUsers held out at most; empty for the default of the protocol
 * @param folds 0 for none
 * @param margin of the envelope check
 * @param knownUsers of a domain that has just opened
 * @param items encodes the items of a domain
 * @param report gets the splits
 */
public record Settings(
    List<Integer> counts,
    int questions,
    double share,
    Optional<HeldOut.Named> newItems,
    OptionalInt maxUsers,
    int folds,
    OptionalDouble margin,
    int knownUsers,
    long seed,
    Extent extent,
    EncodedItems items,
    Optional<ReportFolder> report,
    Progress progress) {
  private static final List<Integer> OF_USERS = List.of(0, 1, 3, 5, 10, 20);

  public Settings {
    counts = List.copyOf(counts);
  }

  /** Items held out whole. */
  HeldOut heldOutItems() {
    return newItems.isPresent() ? newItems.get() : new HeldOut.Drawn(share);
  }

  /** With folds all users are met, if nothing else is asked for. */
  UserSplit users() {
    int most = folds > 0 ? Integer.MAX_VALUE : UserSplit.DEFAULT.maxUsers();
    return new UserSplit(share, maxUsers.orElse(most), UserSplit.DEFAULT.minInteractions(), seed);
  }

  /** Interactions given of a user; by default all of a support that the split fixes. */
  List<Integer> ofUsers(Experiment experiment) {
    if (!counts.isEmpty()) {
      return counts;
    }
    return experiment.fixesSupport() ? List.of(Cases.WHOLE_SUPPORT) : OF_USERS;
  }

  /** Ready to be asked by K: a support that the split fixes is in order, if Ks are asked for. */
  Experiment byK(Experiment experiment) {
    return counts.isEmpty() ? experiment : experiment.withSupportInOrder(seed);
  }

  /** Changes nothing but the time. */
  public static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }
}
