package io.goldennonce.cli.common;

import io.goldennonce.config.UnitParser;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A confidence, given in percent.
 *
 * @param share more than 0 and less than 1
 */
public record Percent(double share) {
  public static final class Converter implements ITypeConverter<Percent> {
    @Override
    public Percent convert(String text) {
      try {
        double percent = UnitParser.number(text.replaceFirst(" ?%$", "")).doubleValue();
        if (percent > 0 && percent < 100) {
          return new Percent(percent / 100);
        }
      } catch (IllegalArgumentException e) {
        // Falls through to the one message.
      }
      throw new TypeConversionException(
          "a confidence must be more than 0 and less than 100 %, got '" + text + "'");
    }
  }
}
