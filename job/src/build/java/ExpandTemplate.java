import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the vector kernel's classes from their template, one for each vector width and way to
 * rotate. The compiler inlines only so many calls in one method, far fewer than a few rounds of
 * SHA-256 need, so what would be small methods are macros here, with the C preprocessor's syntax:
 * {@code #define name(parameters) text}, {@code #if NAME}, {@code #else} and {@code #endif}.
 *
 * <p>Usage: {@code java ExpandTemplate.java TEMPLATE DIRECTORY}, the directory of the package
 * {@code kernel}; the classes are written to its package {@code cpu}.
 */
final class ExpandTemplate {
  private static final Pattern DEFINE = Pattern.compile("#define (\\w+)(?:\\(([^)]*)\\))? (.*)");

  private record Macro(List<String> parameters, String text) {}

  private final Map<String, Macro> macros = new LinkedHashMap<>();

  public static void main(String[] arguments) throws IOException {
    List<String> template = Files.readAllLines(Path.of(arguments[0]));
    Path directory = Path.of(arguments[1], "cpu");
    Files.createDirectories(directory);
    for (int bits : new int[] {512, 256, 128}) {
      for (boolean rotates : new boolean[] {true, false}) {
        String name = "Vector" + bits + (rotates ? "Rotating" : "Shifting");
        Map<String, String> words =
            Map.of("CLASS", name, "BITS", "" + bits, "SPECIES_BITS", "SPECIES_" + bits);
        String java = new ExpandTemplate().expand(template, rotates, words);
        write(directory.resolve(name + ".java"), java);
      }
    }
  }

  /** Leaves a file alone that is the same: a newer one would let Maven compile everything again. */
  private static void write(Path file, String java) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(java)) {
      Files.writeString(file, java);
    }
  }

  private String expand(List<String> template, boolean rotates, Map<String, String> words) {
    words.forEach((word, text) -> macros.put(word, new Macro(List.of(), text)));
    StringBuilder java = new StringBuilder();
    boolean included = true;
    for (String line : joined(template)) {
      Matcher define = DEFINE.matcher(line);
      if (line.equals("#if ROTATES")) {
        included = rotates;
      } else if (line.equals("#else")) {
        included = !included;
      } else if (line.equals("#endif")) {
        included = true;
      } else if (included && define.matches()) {
        String parameters = define.group(2);
        macros.put(
            define.group(1),
            new Macro(
                parameters == null ? List.of() : List.of(parameters.split(", ")), define.group(3)));
      } else if (included) {
        java.append(replaced(line)).append('\n');
      }
    }
    return java.toString();
  }

  /** A backslash at its end continues a line. */
  private static List<String> joined(List<String> lines) {
    List<String> joined = new ArrayList<>();
    String continued = "";
    for (String line : lines) {
      if (line.endsWith("\\")) {
        continued += line.substring(0, line.length() - 1).stripTrailing() + " ";
      } else {
        joined.add(continued.isEmpty() ? line : continued + line.strip());
        continued = "";
      }
    }
    return joined;
  }

  private String replaced(String line) {
    for (Map.Entry<String, Macro> entry : macros.entrySet()) {
      Macro macro = entry.getValue();
      String call = macro.parameters().isEmpty() ? "" : "\\(";
      Matcher found =
          Pattern.compile("\\b" + entry.getKey() + (call.isEmpty() ? "\\b" : call)).matcher(line);
      if (found.find()) {
        List<String> arguments = new ArrayList<>();
        int end = call.isEmpty() ? found.end() : arguments(line, found.end(), arguments);
        String text = substituted(entry.getKey(), macro, arguments);
        return replaced(line.substring(0, found.start()) + text + line.substring(end));
      }
    }
    return line;
  }

  /** Splits a call's arguments at their outer commas, and returns where the call ends. */
  private static int arguments(String line, int from, List<String> arguments) {
    int depth = 0;
    int begin = from;
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (depth == 0 && (c == ',' || c == ')')) {
        arguments.add(line.substring(begin, i).strip());
        begin = i + 1;
        if (c == ')') {
          return i + 1;
        }
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    throw new IllegalArgumentException("a macro's call must end on its line: " + line);
  }

  private static String substituted(String name, Macro macro, List<String> arguments) {
    if (arguments.size() != macro.parameters().size()) {
      throw new IllegalArgumentException(
          name + " takes " + macro.parameters() + ", got " + arguments);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      values.put(macro.parameters().get(i), arguments.get(i));
    }
    return Pattern.compile("\\w+")
        .matcher(macro.text())
        .replaceAll(
            word -> Matcher.quoteReplacement(values.getOrDefault(word.group(), word.group())));
  }
}
