package dev.thaw.serving.pipeline;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import java.util.SplittableRandom;

/**
 * The randomness of an answer, by its request id: the draw of an impression record can be done
 * again, and neither a second server nor a restarted one repeats the draws of the first. Immutable.
 */
final class RequestRandom {
  private final HashFunction keyed;

  /**
   * @param seed another one gives the same requests other draws
   */
  RequestRandom(long seed) {
    this.keyed = Hashing.sipHash24(seed, 0);
  }

  SplittableRandom of(RequestId request) {
    return new SplittableRandom(keyed.hashUnencodedChars(request.value()).asLong());
  }
}
