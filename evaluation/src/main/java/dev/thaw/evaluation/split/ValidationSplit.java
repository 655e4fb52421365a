package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An experiment within the training data of another one, to choose by; its test users are new. */
public final class ValidationSplit {
  private static final UserSplit USERS = new UserSplit(0.2, 500, 5, 0);

  private ValidationSplit() {}

  /**
   * Empty where there are too few users to hold any out and to train on the likes of the others.
   *
   * @param seed which of the training users are held out
   */
  public static Optional<Experiment> of(Experiment experiment, long seed) {
    Interactions training = experiment.training();
    Set<UserId> chosen = USERS.withSeed(seed).choose(training);
    List<HeldOutUser> users = new ArrayList<>();
    for (UserId user : training.users()) {
      if (chosen.contains(user)) {
        users.add(new HeldOutUser(user, UserSplit.inOrder(training, user, seed), null));
      }
    }
    Experiment within =
        experiment.within(
            training.ofUsers(user -> !chosen.contains(user)), users, "validation users");
    return users.isEmpty() || within.positives().size() == 0
        ? Optional.empty()
        : Optional.of(within);
  }
}
