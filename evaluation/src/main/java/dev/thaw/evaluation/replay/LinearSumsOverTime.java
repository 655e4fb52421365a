package dev.thaw.evaluation.replay;

import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.linear.ArmsSnapshot;
import dev.thaw.models.bandit.linear.LinearCells;
import dev.thaw.models.statistics.ArmCell;
import dev.thaw.models.statistics.SettledSlot;
import dev.thaw.serving.snapshot.LinearForm;
import dev.thaw.serving.snapshot.LinearReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What slots with features taught of linear rewards: kept of each arm the way {@code
 * arm-posteriors} keeps {@code arm_linear}, and read from its rows the way serving reads them, so
 * that the sums of one space of features are never used for another. Nothing is kept where no form
 * is asked for. Mutable; belongs to one thread.
 */
final class LinearSumsOverTime {
  /** Two spaces serve side by side while a set is swapped. */
  private static final int SPACES = 2;

  private final RewardDefinition reward;
  private final Assignment own;
  private final Set<LinearForm> forms;
  private final Map<ItemId, LinearCells> arms = new HashMap<>();
  private final Map<Space, Map<LinearForm, Reader>> readers = Recent.atMost(SPACES);

  /** Features of one length that come from one place. */
  private record Space(String name, int dimension) {}

  /**
   * @param changed arms since it last read
   */
  private record Reader(LinearReader rows, Set<ItemId> changed) {}

  /**
   * @param reward what is learned by
   * @param own which configuration learns
   * @param forms of posteriors that are asked for
   */
  LinearSumsOverTime(RewardDefinition reward, Assignment own, Set<LinearForm> forms) {
    this.reward = reward;
    this.own = own;
    this.forms = Set.copyOf(forms);
  }

  /**
   * @param slot of the bandit, of any configuration
   */
  void observe(SettledSlot slot) {
    if (forms.isEmpty() || slot.features().isNone()) {
      return;
    }
    LinearCells cells = arms.getOrDefault(slot.itemId(), new LinearCells());
    try {
      cells.observe(
          ArmCell.key(slot.assignment(), slot.rewardName()),
          ArmCell.key(Assignment.NONE, slot.rewardName()),
          slot.features().space(),
          slot.features().toArray(),
          slot.reward(),
          slot.settledAt(),
          Fading.of(reward));
    } catch (IllegalArgumentException e) {
      // the job's dead letter: features that taught nothing there teach nothing here
      return;
    }
    arms.put(slot.itemId(), cells);
    readers.values().forEach(of -> of.values().forEach(each -> each.changed().add(slot.itemId())));
  }

  /**
   * @param features of a decision
   * @param counted of the configuration, in all spaces
   * @param asOf time of the newest impression that is counted, epoch milliseconds
   * @return by form; none for a decision without features
   */
  Map<LinearForm, ArmsSnapshot> at(
      DecisionFeatures features, PosteriorSnapshot counted, long asOf) {
    Map<LinearForm, ArmsSnapshot> snapshots = new HashMap<>();
    if (features.isNone()) {
      return snapshots;
    }
    Space space = new Space(features.space(), features.values().size());
    readers
        .computeIfAbsent(space, first -> readers(features))
        .forEach((form, reader) -> snapshots.put(form, read(reader).snapshot(counted, asOf)));
    return snapshots;
  }

  private Map<LinearForm, Reader> readers(DecisionFeatures features) {
    Map<LinearForm, Reader> all = new HashMap<>();
    for (LinearForm form : forms) {
      all.put(
          form,
          new Reader(new LinearReader(reward, own, form, features), new HashSet<>(arms.keySet())));
    }
    return all;
  }

  private LinearReader read(Reader reader) {
    if (reader.rows().wantsAll()) {
      reader.changed().addAll(arms.keySet());
    }
    for (ItemId arm : reader.changed()) {
      LinearCells cells = Objects.requireNonNull(arms.get(arm));
      reader.rows().put(arm, cells.row(EntityKey.of("item_id", arm.value())));
    }
    reader.changed().clear();
    return reader.rows();
  }
}
