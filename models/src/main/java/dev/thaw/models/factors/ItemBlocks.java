package dev.thaw.models.factors;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.popularity.Popularity;
import java.util.ArrayList;
import java.util.List;

/** All blocks of the items of a model whose training has ended. */
public final class ItemBlocks {
  private final DomainId domain;
  private final List<FactorBlock> blocks;

  private ItemBlocks(DomainId domain, List<FactorBlock> blocks) {
    this.domain = domain;
    this.blocks = blocks;
  }

  /**
   * @param blocks at least one, in any order
   */
  public static ItemBlocks of(DomainId domain, List<FactorBlock> blocks) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("items of " + domain + " must be in at least one block");
    }
    return new ItemBlocks(domain, List.copyOf(blocks));
  }

  /** The model, as its trainer in one process gives it. */
  public FactorModel model(AlsParameters parameters, RatingScale scale) {
    int rank = parameters.rank();
    List<ItemId> ids = new ArrayList<>();
    for (FactorBlock block : blocks) {
      for (String id : block.ids()) {
        ids.add(ItemId.of(id));
      }
    }
    ItemDictionary items = ItemDictionary.of(ids);
    float[] factors = new float[items.size() * rank];
    float[] ratingBias = new float[items.size()];
    float[] prior = new float[items.size()];
    for (FactorBlock block : blocks) {
      for (int row = 0; row < block.ids().length; row++) {
        int item = items.indexOf(ItemId.of(block.ids()[row]));
        System.arraycopy(block.factors(), row * rank, factors, item * rank, rank);
        ratingBias[item] = (float) block.bias()[row];
        prior[item] =
            ImplicitAlsTrainer.popularityPrior(
                block.entries().length(row), parameters.popularityWeight());
      }
    }
    FactorBlock any = blocks.get(0);
    BiasModel biases =
        new BiasModel(items, scale, any.mean(), ratingBias, parameters.userShrinkage());
    return new FactorModel(
        domain,
        rank,
        biases,
        parameters.users(any.unit()),
        parameters.kind() == FactorKind.IMPLICIT ? prior : biases.itemBiases(),
        factors);
  }

  /** The items by number of entries. */
  public Popularity popularity() {
    List<Popularity.Counted> counted = new ArrayList<>();
    for (FactorBlock block : blocks) {
      for (int row = 0; row < block.ids().length; row++) {
        int count = block.entries().length(row);
        if (count > 0) {
          counted.add(new Popularity.Counted(ItemId.of(block.ids()[row]), count));
        }
      }
    }
    return Popularity.of(domain, counted);
  }
}
