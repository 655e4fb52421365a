package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shared start of all users' decision layers, and the items as inputs of them. Predicts {@code
 * base + unit * f(user, item)}, the base being biases or a factor model; f adapts to a user's
 * support by {@link #adapt}. Scoring is a forward pass. Immutable, thread-safe.
 */
public final class MetaModel {
  private static final int FORMAT = 1;

  private final DomainId domain;
  private final RatingBaseline base;
  private final double unit;
  private final InnerLoop inner;
  private final MetaNetwork network;
  private final String version;

  private MetaModel(
      DomainId domain, RatingBaseline base, double unit, InnerLoop inner, MetaNetwork network) {
    this.domain = domain;
    this.base = base;
    this.unit = unit;
    this.inner = inner;
    this.network = network;
    this.version = fingerprint();
  }

  /** Hash of all that a user's layers depend on, as hexadecimal digits. */
  private String fingerprint() {
    BinaryWriter out = new BinaryWriter(1 << 20);
    write(out);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(out.toByteArray());
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  static MetaModel of(
      MetaData data,
      RatingBaseline base,
      double unit,
      Fields fields,
      MetaConfig config,
      double[] parameters) {
    return new MetaModel(
        data.ratings().domain(),
        base,
        unit,
        config.inner(),
        MetaNetwork.of(fields, config.hidden(), parameters, TaskSampler.items(data, base, fields)));
  }

  public DomainId domain() {
    return domain;
  }

  public ItemDictionary items() {
    return base.items();
  }

  public RatingScale scale() {
    return base.biases().scale();
  }

  public InnerLoop inner() {
    return inner;
  }

  /** The same wherever base, parameters and inner loop are the same. */
  public String version() {
    return version;
  }

  /** The same network with another inner loop; with 0 steps, its ablation. */
  public MetaModel withInner(InnerLoop other) {
    return new MetaModel(domain, base, unit, other, network);
  }

  RatingBaseline base() {
    return base;
  }

  /** Root mean square of what biases leave of the ratings. */
  double unit() {
    return unit;
  }

  MetaNetwork network() {
    return network;
  }

  /**
   * Adapts to all of a user's history here, always from the shared start: the same entries give the
   * same layers, in whatever order and however often. Items that were not there in training have no
   * part in it but in the user's bias.
   *
   * @param profile null where nothing is known; values not seen in training say nothing
   * @throws UnsupportedOperationException of a model whose embeddings adapt, too, since items would
   *     differ from user to user
   */
  public AdaptedLayers adapt(@Nullable UserProfile profile, History history) {
    if (inner.part() == AdaptedPart.EVERYTHING) {
      throw new UnsupportedOperationException(
          "layers can be kept only where embeddings don't adapt, was " + inner.part());
    }
    UserVector vector = base.user(history);
    List<History.Entry> known =
        history.entries().stream()
            .filter(entry -> items().indexOf(entry.item()) >= 0)
            .sorted(
                Comparator.comparing(History.Entry::item)
                    .thenComparingDouble(History.Entry::strength))
            .toList();
    int[] numbers = new int[known.size()];
    double[] targets = new double[known.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = items().indexOf(known.get(i).item());
      targets[i] = (known.get(i).strength() - base.rating(vector, numbers[i])) / unit;
    }
    return network.adapt(version, vector, inner, profile, numbers, targets);
  }

  /**
   * Scores items for a user who was adapted.
   *
   * @throws IllegalArgumentException of layers of another model, or damaged ones
   */
  public UserScorer scorer(AdaptedLayers user) {
    requireOwn(user);
    return new UserScorer(base, unit, network, inner, user);
  }

  /**
   * @throws IllegalArgumentException if the layers are of another model, or damaged
   */
  public void requireOwn(AdaptedLayers user) {
    if (!user.metaVersion().equals(version)) {
      throw new IllegalArgumentException(
          "adapted layers must be of meta model "
              + version
              + " of "
              + domain
              + ", were of "
              + user.metaVersion());
    }
    if (user.base().rank() != base.rank()) {
      throw new IllegalArgumentException(
          "vector of adapted layers must have rank " + base.rank() + ", had " + user.base().rank());
    }
    network.requireShape(user, inner);
  }

  /** All of the model; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeText(domain.value()).writeDouble(unit);
    out.writeText(inner.part().name()).writeCount(inner.steps()).writeDouble(inner.rate());
    base.write(out);
    network.write(out);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static MetaModel read(BinaryReader in) {
    in.expect(FORMAT, "format");
    DomainId domain = DomainId.of(in.readText());
    double unit = in.readDouble();
    InnerLoop inner =
        new InnerLoop(
            AdaptedPart.valueOf(in.readText()), Math.toIntExact(in.readCount()), in.readDouble());
    RatingBaseline base = RatingBaseline.read(in);
    return new MetaModel(domain, base, unit, inner, MetaNetwork.read(in));
  }

  @Override
  public String toString() {
    return "MetaModel[" + domain + ", " + version + ", " + inner + "]";
  }
}
