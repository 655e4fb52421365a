package dev.thaw.models.factors;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Items of one domain as factors of rank d with a bias, and the rule that gives a user's vector in
 * closed form. Users are not part of the model: every user, trained on or not, gets a vector by
 * {@link #foldIn}. Immutable, thread-safe.
 */
public final class FactorModel {
  /** In place of the kind where a ridge follows, so that what can't read that says so. */
  private static final String RIDGED = "IMPLICIT_USER_RIDGE";

  private final DomainId domain;
  private final int rank;
  private final BiasModel biases;
  private final FoldIn foldIn;
  private final float[] itemBias;
  private final float[] itemFactors;
  private final double[] gram;

  /**
   * @param biases of ratings, for both kinds
   * @param itemBias beside the factors when ranking: rating biases or popularity priors
   * @param itemFactors flat, items x rank
   */
  FactorModel(
      DomainId domain,
      int rank,
      BiasModel biases,
      FoldIn foldIn,
      float[] itemBias,
      float[] itemFactors) {
    if (itemBias.length != biases.items().size() || itemFactors.length != itemBias.length * rank) {
      throw new IllegalArgumentException(
          "needs "
              + biases.items().size()
              + " biases and "
              + rank
              + " factors each, had "
              + itemBias.length
              + " and "
              + itemFactors.length);
    }
    this.domain = domain;
    this.rank = rank;
    this.biases = biases;
    this.foldIn = foldIn;
    this.itemBias = itemBias;
    this.itemFactors = itemFactors;
    this.gram =
        foldIn.kind() == FactorKind.IMPLICIT
            ? Gram.of(itemFactors, rank, foldIn.userRidge() * foldIn.lambda())
            : new double[0];
  }

  /**
   * The same implicit user space over items of another domain, placed in it by a projection: a
   * fold-in weighs them as it weighed those that were trained.
   *
   * @param where that domain
   * @param other its biases, whose items are those placed
   * @param placed {@code [q_i; b_i]} of length d + 1, one per item
   * @throws IllegalArgumentException if the model is explicit, or lengths differ
   */
  public FactorModel over(DomainId where, BiasModel other, float[][] placed) {
    if (kind() != FactorKind.IMPLICIT || placed.length != other.items().size()) {
      throw new IllegalArgumentException(
          "needs an implicit model and "
              + other.items().size()
              + " vectors, was "
              + this
              + " with "
              + placed.length);
    }
    float[] bias = new float[placed.length];
    float[] factors = new float[placed.length * rank];
    for (int i = 0; i < placed.length; i++) {
      requireRank(placed[i].length - 1);
      System.arraycopy(placed[i], 0, factors, i * rank, rank);
      bias[i] = placed[i][rank];
    }
    return new FactorModel(where, rank, other, foldIn, bias, factors);
  }

  /** The same factors with another weight of log popularity in the ranking. */
  FactorModel withPopularity(double weight, Interactions positives) {
    return new FactorModel(
        domain,
        rank,
        biases,
        FoldIn.implicit(foldIn.lambda(), foldIn.alpha(), weight).withUserRidge(foldIn.userRidge()),
        ImplicitAlsTrainer.popularityPrior(positives, weight),
        itemFactors);
  }

  /** The same factors of an implicit model, users' lambda so many times that of training. */
  FactorModel withUserRidge(double times) {
    return new FactorModel(
        domain, rank, biases, foldIn.withUserRidge(times), itemBias, itemFactors);
  }

  /** The same factors with the ridge of an explicit model's fold-in times a factor. */
  FactorModel withRidge(double factor) {
    return new FactorModel(
        domain,
        rank,
        biases,
        FoldIn.explicit(foldIn.lambda() * factor, foldIn.countPower()),
        itemBias,
        itemFactors);
  }

  /** All of the model; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    boolean ridged = foldIn.userRidge() != 1;
    out.writeText(domain.value()).writeCount(rank);
    out.writeText(ridged ? RIDGED : foldIn.kind().name());
    out.writeDouble(foldIn.lambda()).writeDouble(foldIn.alpha()).writeDouble(foldIn.countPower());
    out.writeDouble(foldIn.popularityWeight());
    if (ridged) {
      out.writeDouble(foldIn.userRidge());
    }
    biases.write(out);
    FloatArrays.write(out, itemBias);
    FloatArrays.write(out, itemFactors);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static FactorModel read(BinaryReader in) {
    DomainId domain = DomainId.of(in.readText());
    int rank = Math.toIntExact(in.readCount());
    String named = in.readText();
    boolean ridged = named.equals(RIDGED);
    FactorKind kind = ridged ? FactorKind.IMPLICIT : FactorKind.valueOf(named);
    FoldIn foldIn =
        new FoldIn(
            kind,
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            ridged ? in.readDouble() : 1);
    BiasModel biases = BiasModel.read(in);
    return new FactorModel(
        domain, rank, biases, foldIn, FloatArrays.read(in), FloatArrays.read(in));
  }

  public DomainId domain() {
    return domain;
  }

  public FactorKind kind() {
    return foldIn.kind();
  }

  /** d. */
  public int rank() {
    return rank;
  }

  /** mu, the mean rating. */
  public double mean() {
    return biases.mean();
  }

  public RatingScale scale() {
    return biases.scale();
  }

  public ItemDictionary items() {
    return biases.items();
  }

  /** The rating biases, a baseline of its own. */
  public BiasModel biases() {
    return biases;
  }

  FoldIn foldInParameters() {
    return foldIn;
  }

  /** Of log popularity in the item biases of an implicit model. */
  double popularityWeight() {
    return foldIn.popularityWeight();
  }

  /** b_i of a numbered item: its rating bias, or its popularity prior in an implicit model. */
  public float itemBias(int item) {
    return itemBias[item];
  }

  /** {@code factors.<domain>}, d components: where users' vectors live. */
  public VectorSpace userSpace(String version) {
    return new VectorSpace(spaceName(domain), version, rank, Metric.INNER_PRODUCT);
  }

  /** {@code factors.<domain>}, d + 1 components, inner product: where index vectors live. */
  public VectorSpace indexSpace(String version) {
    return new VectorSpace(spaceName(domain), version, rank + 1, Metric.INNER_PRODUCT);
  }

  /** {@code factors.<domain>}. */
  public static String spaceName(DomainId domain) {
    return "factors." + domain.value();
  }

  /** {@code [q_i; b_i]}, length d + 1. */
  public float[] indexVector(int item) {
    float[] vector = Arrays.copyOfRange(itemFactors, item * rank, (item + 1) * rank + 1);
    vector[rank] = itemBias[item];
    return vector;
  }

  /** As {@link #indexVector(int)}; null for items that were not there in training. */
  public float @Nullable [] indexVector(ItemId item) {
    int number = items().indexOf(item);
    return number < 0 ? null : indexVector(number);
  }

  /**
   * Closed-form vector of a user with this history, with the item factors fixed, and the user's
   * shrunk rating bias; zeros for an empty history. Items not in the dictionary have no part in the
   * vector. O(n d^2 + d^3).
   */
  public UserVector foldIn(History history) {
    double bias = biases.userBias(history);
    float[] vector = new float[rank];
    int known = counted(history);
    if (known > 0) {
      RowSolver solver = new RowSolver(rank);
      foldIn.start(solver, gram, known);
      for (History.Entry entry : history.entries()) {
        if (counts(entry)) {
          int item = items().indexOf(entry.item());
          double residual = entry.strength() - mean() - bias - biases.itemBias(item);
          foldIn.add(solver, itemFactors, item, residual);
        }
      }
      solver.solve(vector, 0);
    }
    return UserVector.copyOf(vector, bias);
  }

  /** Entries that {@link #foldIn} makes the vector of. */
  public int counted(History history) {
    int counted = 0;
    for (History.Entry entry : history.entries()) {
      counted += counts(entry) ? 1 : 0;
    }
    return counted;
  }

  private boolean counts(History.Entry entry) {
    return (kind() == FactorKind.EXPLICIT || scale().isPositive(entry.strength()))
        && items().indexOf(entry.item()) >= 0;
  }

  /**
   * {@code <p, q_i> + b_i} of every item; mu and the user's bias, the same for all, left out.
   *
   * @param out one place per item
   */
  public void score(UserVector user, float[] out) {
    float[] p = user.vector();
    requireRank(p.length);
    RowProducts.score(p, itemFactors, itemBias, out);
  }

  /**
   * An explicit model: {@code mu + b_u + b_i + <p, q_i>}; an implicit one, whose factors say
   * nothing of ratings: {@code mu + b_u + b_i}. Both clipped to the scale and with {@code mu + b_u}
   * for unknown items.
   */
  public double rating(UserVector user, ItemId item) {
    int number = items().indexOf(item);
    if (kind() == FactorKind.IMPLICIT || number < 0) {
      return biases.rating(user.bias(), number);
    }
    requireRank(user.rank());
    return scale()
        .clip(
            mean()
                + user.bias()
                + itemBias[number]
                + RowProducts.of(user.vector(), itemFactors, number));
  }

  private void requireRank(int dimension) {
    if (dimension != rank) {
      throw new IllegalArgumentException(
          "user vector of " + domain + " must have rank " + rank + ", had " + dimension);
    }
  }

  @Override
  public String toString() {
    return "FactorModel[" + domain + ", " + kind() + ", " + itemBias.length + " x " + rank + "]";
  }
}
