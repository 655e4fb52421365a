package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Users with 13 to 100 interactions, the last 10 of each the query and all before these the support
 * (Lee et al., KDD 2019, section 4.1; there the order is random, here it is that of time, where
 * there are times).
 */
public record MeluSplit(UserSplit users) implements Protocol {
  private static final int QUERY = 10;
  private static final int FEWEST = 13;
  private static final int MOST = 100;

  @Override
  public Optional<String> obstacle(EvaluationData data, DomainId target) {
    return cut(data, target).obstacle(FEWEST);
  }

  @Override
  public Experiment on(EvaluationData data, DomainId target) {
    return cut(data, target)
        .experiment(
            users,
            origin(),
            user -> new HeldOutUser(user.user(), user.inOrder(), user.inOrder().size() - QUERY));
  }

  /** Users of other numbers are in neither part, as in the paper. */
  private Cut cut(EvaluationData data, DomainId target) {
    return Cut.of(
            data,
            target,
            all ->
                users.some(
                    all.users().stream()
                        .filter(user -> fits(all.rowLength(all.indexOf(user))))
                        .toList()))
        .trainedOn(
            training -> {
              Set<UserId> fitting =
                  training.users().stream()
                      .filter(user -> fits(training.rowLength(training.indexOf(user))))
                      .collect(Collectors.toSet());
              return training.ofUsers(fitting::contains);
            });
  }

  private static boolean fits(int interactions) {
    return interactions >= FEWEST && interactions <= MOST;
  }

  @Override
  public String origin() {
    return "users of "
        + FEWEST
        + " to "
        + MOST
        + " interactions, the last "
        + QUERY
        + " the query, "
        + users;
  }
}
