package dev.thaw.models.artefact;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.models.meta.Evidence;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.segments.SegmentModel;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.models.tabular.TabularModel;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A kind of artefact, the type of its models and their binary form.
 *
 * @param <M> the model
 */
public final class ArtefactKind<M> {
  /** Scope: domain. Ranks items. */
  public static final ArtefactKind<FactorModel> FACTORS =
      new ArtefactKind<>(
          "factors",
          FactorModel.class,
          model -> scope(model.domain()),
          FactorModel::write,
          FactorModel::read);

  /** Scope: domain. Predicts ratings. */
  public static final ArtefactKind<FactorModel> RATINGS =
      new ArtefactKind<>(
          "ratings",
          FactorModel.class,
          model -> scope(model.domain()),
          FactorModel::write,
          FactorModel::read);

  /** Scope: {@code source~target}, see {@link #pair}. */
  public static final ArtefactKind<GatedBridge> BRIDGE =
      new ArtefactKind<>(
          "bridge",
          GatedBridge.class,
          model -> pair(model.bridge().source(), model.bridge().target()),
          GatedBridge::write,
          GatedBridge::read);

  /** Scope: domain. */
  public static final ArtefactKind<Projection> PROJECTION =
      new ArtefactKind<>(
          "projection",
          Projection.class,
          model -> scope(model.domain()),
          Projection::write,
          Projection::read);

  /** Scope: domain. */
  public static final ArtefactKind<SegmentModel> SEGMENTS =
      new ArtefactKind<>(
          "segments",
          SegmentModel.class,
          model -> scope(model.domain()),
          SegmentModel::write,
          SegmentModel::read);

  /** Scope: domain. */
  public static final ArtefactKind<Popularity> POPULARITY =
      new ArtefactKind<>(
          "popularity",
          Popularity.class,
          model -> scope(model.domain()),
          Popularity::write,
          Popularity::read);

  /** Scope: domain. */
  public static final ArtefactKind<ItemToItemEnsembles> ITEM_TO_ITEM =
      new ArtefactKind<>(
          "item-to-item",
          ItemToItemEnsembles.class,
          model -> scope(model.domain()),
          ItemToItemEnsembles::write,
          ItemToItemEnsembles::read);

  /** Scope: domain. Adapts to users and predicts ratings. */
  public static final ArtefactKind<MetaModel> META =
      new ArtefactKind<>(
          "meta",
          MetaModel.class,
          model -> scope(model.domain()),
          MetaModel::write,
          MetaModel::read);

  /** Scope: domain. Ranks by the order of a user's likes. */
  public static final ArtefactKind<SequentialModel> SEQUENTIAL =
      new ArtefactKind<>(
          "sequential",
          SequentialModel.class,
          model -> scope(model.domain()),
          SequentialModel::write,
          SequentialModel::read);

  /** Scope: domain. Part of an encoder of items, by a copy of its folder. */
  public static final ArtefactKind<TabularModel> TABULAR =
      new ArtefactKind<>(
          "tabular",
          TabularModel.class,
          model -> scope(model.domain()),
          TabularModel::write,
          TabularModel::read);

  /** Scope: domain. Which method goes first. */
  public static final ArtefactKind<RoutingTable> ROUTING =
      new ArtefactKind<>(
          "routing",
          RoutingTable.class,
          model -> scope(model.domain()),
          RoutingTable::write,
          RoutingTable::read);

  /** Scope: domain. Items to ask newcomers about. */
  public static final ArtefactKind<Evidence> EVIDENCE =
      new ArtefactKind<>(
          "evidence",
          Evidence.class,
          each -> scope(each.domain()),
          Evidence::write,
          Evidence::read);

  private static final List<ArtefactKind<?>> ALL =
      List.of(
          FACTORS,
          RATINGS,
          BRIDGE,
          PROJECTION,
          SEGMENTS,
          POPULARITY,
          ITEM_TO_ITEM,
          META,
          EVIDENCE,
          SEQUENTIAL,
          TABULAR,
          ROUTING);

  private final String name;
  private final Class<M> type;
  private final Function<M, String> scope;
  private final BiConsumer<M, BinaryWriter> writer;
  private final Function<BinaryReader, M> reader;

  ArtefactKind(
      String name,
      Class<M> type,
      Function<M, String> scope,
      BiConsumer<M, BinaryWriter> writer,
      Function<BinaryReader, M> reader) {
    this.name = name;
    this.type = type;
    this.scope = scope;
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * @throws ArtefactException naming the known kinds
   */
  static ArtefactKind<?> named(String name) {
    return find(name)
        .orElseThrow(
            () -> new ArtefactException("kind must be one of " + ALL + ", was \"" + name + '"'));
  }

  /** Empty for a kind that a later version may have. */
  static Optional<ArtefactKind<?>> find(String name) {
    for (ArtefactKind<?> kind : ALL) {
      if (kind.name.equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  public String name() {
    return name;
  }

  Class<M> type() {
    return type;
  }

  String scopeOf(M model) {
    return scope.apply(model);
  }

  void write(M model, BinaryWriter out) {
    writer.accept(model, out);
  }

  M read(BinaryReader in) {
    return reader.apply(in);
  }

  /** A domain as file name: what is not a letter, digit, {@code _} or {@code -} becomes %XX. */
  public static String scope(DomainId domain) {
    StringBuilder name = new StringBuilder();
    for (byte each : domain.value().getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
      name.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return name.toString();
  }

  /** A pair of domains as file name. */
  public static String pair(DomainId source, DomainId target) {
    return scope(source) + "~" + scope(target);
  }

  @Override
  public String toString() {
    return name;
  }
}
