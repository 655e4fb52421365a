package dev.thaw.featuredefinitions.vocabulary;

/** Inner products of plain vectors, which scoring and comparing spend their time on. */
public final class InnerProduct {
  private InnerProduct() {}

  /**
   * {@code sum_i a_i b_i} over the first d components, in single precision. Four running sums, so
   * that an addition need not wait for the one before it.
   *
   * @param a of length d or more
   * @param b of length d or more
   * @throws IndexOutOfBoundsException if one is shorter than d
   */
  public static float of(float[] a, float[] b, int d) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < d; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < d; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + s2 + s3;
  }
}
