import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A session of Spark SQL for {@code kernel.py}: a line of settings in, then a line for each
 * statement; a line for each answer out, with its rows or an error. All are JSON. Run from its
 * source, on a Spark's class path; it ends with its input.
 */
public final class SqlSession {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SqlSession() {}

  public static void main(String[] none) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err); // answers only
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    SparkSession.Builder builder = SparkSession.builder();
    for (Map.Entry<String, JsonNode> setting :
        (Iterable<Map.Entry<String, JsonNode>>) JSON.readTree(in.readLine())::fields) {
      builder.config(setting.getKey(), setting.getValue().asText());
    }
    try (SparkSession spark = builder.getOrCreate()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode asked = JSON.readTree(line);
        out.println(answer(spark, asked.get("sql").asText(), asked.get("rows").asInt()));
      }
    }
  }

  private static String answer(SparkSession spark, String statement, int rows) throws IOException {
    try {
      return "{\"rows\":["
          + String.join(",", spark.sql(statement).toJSON().takeAsList(rows))
          + "]}";
    } catch (Exception e) { // Spark's Scala code throws checked exceptions undeclared.
      return JSON.writeValueAsString(Map.of("error", String.valueOf(e.getMessage())));
    }
  }
}
