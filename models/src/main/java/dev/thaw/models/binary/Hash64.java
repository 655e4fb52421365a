package dev.thaw.models.binary;

/**
 * 64-bit hash of a string's UTF-16 units, by the block mixing of MurmurHash64A (Appleby). Stable
 * across processes and versions: stored states hold it. Among a million different ids of one key
 * the chance of any two colliding is below 3e-8.
 */
public final class Hash64 {
  private static final long M = 0xc6a4a7935bd1e995L;

  private Hash64() {}

  public static long of(String text) {
    int length = text.length();
    long hash = 0x9747b28cL ^ (length * M);
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      long block =
          text.charAt(i)
              | ((long) text.charAt(i + 1) << 16)
              | ((long) text.charAt(i + 2) << 32)
              | ((long) text.charAt(i + 3) << 48);
      hash = (hash ^ mix(block)) * M;
    }
    if (i < length) {
      long block = 0;
      for (int shift = 0; i < length; i++, shift += 16) {
        block |= (long) text.charAt(i) << shift;
      }
      hash = (hash ^ block) * M;
    }
    hash ^= hash >>> 47;
    hash *= M;
    return hash ^ (hash >>> 47);
  }

  private static long mix(long block) {
    long k = block * M;
    k ^= k >>> 47;
    return k * M;
  }
}
