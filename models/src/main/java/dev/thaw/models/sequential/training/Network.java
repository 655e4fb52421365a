package dev.thaw.models.sequential.training;

import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.ParameterLayout;
import dev.thaw.models.sequential.SequentialModel;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the training of one kind of network has of its own, for a catalogue of some size. */
interface Network {
  /** Its name in messages. */
  String name();

  ParameterLayout layout();

  EpochDescent.Steps steps();

  /**
   * Parameters to begin with.
   *
   * @param counts how often each item is liked
   */
  double[] start(int[] counts, RandomGenerator random);

  /** Steps of the next epoch. */
  List<EpochDescent.Step> epoch(List<int[]> sequences, RandomGenerator random);

  /** Losses of held-out users, the same each time they are asked for. */
  List<EpochDescent.Step> heldOut(List<int[]> sequences, RandomGenerator random);

  SequentialModel model(LikedSequences data, float[] parameters);
}
