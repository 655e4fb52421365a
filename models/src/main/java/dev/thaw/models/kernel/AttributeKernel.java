package dev.thaw.models.kernel;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.interactions.UserAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;

/**
 * How alike a user's attributes are to those of some users: {@code exp(-gamma m)}, with m
 * attributes that differ; one that is not known of either counts half, one that is known of neither
 * not at all. Values of fewer than {@value #SHARED} of the users count as not known. Positive
 * definite, as is its product with another kernel. Immutable, thread-safe.
 */
public final class AttributeKernel {
  private static final int UNKNOWN = -1;

  /** Users that a value must be one of, or it is not kept: it would say who they are. */
  private static final int SHARED = 5;

  private final List<String> names;

  /** By attribute: its values, by their numbers. */
  private final List<Map<String, Integer>> values;

  /** Users x attributes, row after row: numbers of values. */
  private final int[] codes;

  /** By twice the number of attributes that differ. */
  private final double[] factors;

  private AttributeKernel(
      double gamma, List<String> names, List<Map<String, Integer>> values, int[] codes) {
    this.names = names;
    this.values = values;
    this.codes = codes;
    this.factors = new double[2 * names.size() + 1];
    for (int half = 0; half < factors.length; half++) {
      factors[half] = Math.exp(-gamma * half / 2);
    }
  }

  /**
   * @param gamma at least 0
   * @param attributes that are compared
   * @param users with whom others are compared; a user may be there more than once
   */
  public static AttributeKernel of(double gamma, UserAttributes attributes, List<UserId> users) {
    List<String> names = attributes.names();
    Set<UserId> distinct = new HashSet<>(users);
    List<Map<String, Integer>> values = new ArrayList<>();
    int[] codes = new int[users.size() * names.size()];
    for (int a = 0; a < names.size(); a++) {
      String name = names.get(a);
      Map<String, Long> counts =
          distinct.stream()
              .map(user -> attributes.of(user).get(name))
              .filter(Objects::nonNull)
              .collect(Collectors.groupingBy(value -> value, Collectors.counting()));
      Map<String, Integer> numbers = new HashMap<>();
      for (int user = 0; user < users.size(); user++) {
        String value = attributes.of(users.get(user)).get(name);
        codes[user * names.size() + a] =
            value == null || counts.getOrDefault(value, 0L) < SHARED
                ? UNKNOWN
                : numbers.computeIfAbsent(value, v -> numbers.size());
      }
      values.add(numbers);
    }
    return new AttributeKernel(gamma, names, List.copyOf(values), codes);
  }

  /**
   * Multiplies a kernel's values by this one's. O(users x attributes).
   *
   * @param attributes of the user, by name; a value that none of the users has differs from all
   * @param kernel one value per user
   */
  public void multiply(Map<String, String> attributes, double[] kernel) {
    if (names.isEmpty()) {
      return;
    }
    int[] own = new int[names.size()];
    for (int a = 0; a < own.length; a++) {
      String value = attributes.get(names.get(a));
      own[a] = value == null ? UNKNOWN : values.get(a).getOrDefault(value, values.get(a).size());
    }
    multiply(own, 0, kernel, 0, kernel.length);
  }

  /** Multiplies a kernel of the users with each other, users x users. */
  public void multiply(DMatrixRMaj kernel) {
    if (names.isEmpty()) {
      return;
    }
    for (int user = 0; user < kernel.numRows; user++) {
      multiply(codes, user * names.size(), kernel.data, user * kernel.numCols, kernel.numCols);
    }
  }

  private void multiply(int[] own, int from, double[] kernel, int at, int users) {
    int width = names.size();
    for (int user = 0; user < users; user++) {
      int half = 0;
      for (int a = 0; a < width; a++) {
        int mine = own[from + a];
        int other = codes[user * width + a];
        if (mine != other) {
          half += mine == UNKNOWN || other == UNKNOWN ? 1 : 2;
        }
      }
      kernel[at + user] *= factors[half];
    }
  }

  /** All of it; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    out.writeCount(names.size());
    for (int a = 0; a < names.size(); a++) {
      String[] byNumber = new String[values.get(a).size()];
      values.get(a).forEach((value, number) -> byNumber[number] = value);
      out.writeText(names.get(a)).writeCount(byNumber.length);
      for (String value : byNumber) {
        out.writeText(value);
      }
    }
    out.writeCount(codes.length);
    for (int code : codes) {
      out.writeCount(code - UNKNOWN);
    }
  }

  /**
   * @param gamma as it was
   * @param users there must be attributes of
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static AttributeKernel read(BinaryReader in, double gamma, int users) {
    List<String> names = new ArrayList<>();
    List<Map<String, Integer>> values = new ArrayList<>();
    int size = in.readSize(2);
    for (int a = 0; a < size; a++) {
      names.add(in.readText());
      Map<String, Integer> numbers = new HashMap<>();
      int known = in.readSize(1);
      for (int v = 0; v < known; v++) {
        numbers.put(in.readText(), v);
      }
      values.add(numbers);
    }
    int[] codes = new int[in.readSize(1)];
    if (codes.length != users * size) {
      throw in.damaged(codes.length + " values of " + size + " attributes of " + users + " users");
    }
    for (int at = 0; at < codes.length; at++) {
      long code = in.readCount() + UNKNOWN;
      if (code >= values.get(at % size).size()) {
        throw in.damaged("value " + code + " of attribute " + names.get(at % size));
      }
      codes[at] = (int) code;
    }
    return new AttributeKernel(gamma, List.copyOf(names), List.copyOf(values), codes);
  }
}
