package io.goldennonce.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A notebook's file: the code of its cells, and what they have put out. */
final class Notebook {
  static final List<String> NAMES = List.of("mined-blocks", "search-efficiency", "bitcoin-headers");

  private final JsonNode root;

  private Notebook(JsonNode root) {
    this.root = root;
  }

  static Notebook read(Path directory, String name) throws IOException {
    return new Notebook(new ObjectMapper().readTree(directory.resolve(name + ".ipynb").toFile()));
  }

  String kernel() {
    return root.at("/metadata/kernelspec/name").asText();
  }

  /** The code cells' text. */
  List<String> code() {
    List<String> code = new ArrayList<>();
    codeCells().forEach(cell -> code.add(text(cell.get("source"))));
    return code;
  }

  /** How many cells draw. */
  long plots() {
    return code().stream().filter(code -> code.contains("plt.show()")).count();
  }

  List<JsonNode> outputs() {
    List<JsonNode> outputs = new ArrayList<>();
    codeCells().forEach(cell -> cell.get("outputs").forEach(outputs::add));
    return outputs;
  }

  long images() {
    return outputs().stream().filter(output -> output.at("/data").has("image/png")).count();
  }

  /** The first picture that a cell with such code has drawn, as PNG. */
  byte[] image(String code) {
    for (JsonNode cell : codeCells()) {
      JsonNode image = cell.at("/outputs/0/data/image~1png");
      if (text(cell.get("source")).contains(code) && image.isTextual()) {
        return Base64.getMimeDecoder().decode(image.asText());
      }
    }
    throw new AssertionError("no cell with '" + code + "' has drawn anything");
  }

  /** What its cells have printed. */
  String printed() {
    StringBuilder printed = new StringBuilder();
    outputs().forEach(output -> printed.append(text(output.path("text"))));
    return printed.toString();
  }

  /** What stands in a line that it has printed. */
  String fact(String line) {
    Matcher matcher = Pattern.compile("(?m)^" + line + "$").matcher(printed());
    if (!matcher.find()) {
      throw new AssertionError("no line is like '" + line + "' in:\n" + printed());
    }
    return matcher.group(1);
  }

  private List<JsonNode> codeCells() {
    List<JsonNode> cells = new ArrayList<>();
    for (JsonNode cell : root.get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        cells.add(cell);
      }
    }
    return cells;
  }

  private static String text(JsonNode lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.asText()));
    return text.toString();
  }
}
