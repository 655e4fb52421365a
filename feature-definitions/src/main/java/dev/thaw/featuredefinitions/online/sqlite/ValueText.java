package dev.thaw.featuredefinitions.online.sqlite;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Feast's {@code value_text} column: strings as they are, numbers and booleans as Python's {@code
 * str} writes them, null for everything else.
 */
final class ValueText {
  private ValueText() {}

  static @Nullable String of(FeatureValue value) {
    if (value instanceof FeatureValue.Text v) {
      return v.value();
    } else if (value instanceof FeatureValue.Int64 v) {
      return Long.toString(v.value());
    } else if (value instanceof FeatureValue.Int32 v) {
      return Integer.toString(v.value());
    } else if (value instanceof FeatureValue.Float64 v) {
      return python(v.value());
    } else if (value instanceof FeatureValue.Float32 v) {
      return python(v.value());
    } else if (value instanceof FeatureValue.Bool v) {
      return v.value() ? "True" : "False";
    }
    return null;
  }

  /** Shortest digits that read back; exponents below -4 and from 16 on. */
  private static String python(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    } else if (value == 0) {
      return 1 / value > 0 ? "0.0" : "-0.0";
    }
    // Double.toString of JDK 17 does not always find the shortest digits
    BigDecimal shortest =
        oneDigitIfEnough(new BigDecimal(DoubleToDecimal.toString(value)).stripTrailingZeros());
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return shortest.scale() > 0 ? plain : plain + ".0";
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = exponent < 0 ? "-" : "+";
    int power = Math.abs(exponent);
    return (value < 0 ? "-" : "") + mantissa + "e" + sign + (power < 10 ? "0" : "") + power;
  }

  /** Java never looks below two digits (4.9E-324), Python does (5e-324). */
  private static BigDecimal oneDigitIfEnough(BigDecimal shortest) {
    if (shortest.precision() != 2) {
      return shortest;
    }
    BigDecimal one = shortest.round(new MathContext(1, RoundingMode.HALF_EVEN));
    return one.doubleValue() == shortest.doubleValue() ? one.stripTrailingZeros() : shortest;
  }
}
