package dev.thaw.models.statistics;

/**
 * Running numbers of one item, 16 KB at most. Users and answers are kept as hashes. Mutable;
 * belongs to one thread. Public fields, as Flink's POJO serializer wants them.
 */
public final class ItemStatisticsState {
  public long impressions;

  /**
   * Interaction events, of before {@link #users} were kept; 0 in state that began with them. Is
   * taken for as many users, so that what was warm stays so.
   */
  public long interactions;

  public long clicks;

  /** Showings that were clicked, each once. */
  public long answeredClicks;

  /** Users who rated. */
  public long ratingCount;

  /** Of the newest rating of each. */
  public double ratingSum;

  /** Decayed number of interactions as of {@link #popularityAt}. */
  public double popularity;

  /** Epoch milliseconds. */
  public long popularityAt = Long.MIN_VALUE;

  /**
   * Event-time frontier of the item, epoch milliseconds; {@code Long.MIN_VALUE} before the first.
   */
  public long frontier = Long.MIN_VALUE;

  /** Who interacted. */
  public DistinctUsers users = new DistinctUsers();

  /** The answers whose showing was clicked lately. */
  public NewestOfKeys clickedAnswers = new NewestOfKeys();

  /** The ratings of the users who rated lately. */
  public NewestOfKeys ratings = new NewestOfKeys();
}
