package io.goldennonce.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code docs/work-service.yaml} as those read it who know OpenAPI: it holds what a service and its
 * miners say to each other against the document.
 */
final class WorkProtocol {
  /** A name only; nothing is fetched. */
  private static final String NAME = "https://golden-nonce.test/work-service.json";

  private static final String SCHEMA = "/content/application~1json/schema";

  private final JsonNode document;
  private final SchemaRegistry schemas;

  private WorkProtocol(JsonNode document) {
    this.document = document;
    this.schemas =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(NAME, document.toString())));
  }

  /** The document's text. */
  static String text() {
    try {
      return Files.readString(
          Path.of(System.getProperty("golden.nonce.root", ".."), "docs/work-service.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The protocol, with no field that the document does not name. */
  static WorkProtocol strict() {
    try {
      JsonNode document = new YAMLMapper().readTree(text());
      document.at("/components/schemas").forEach(WorkProtocol::close);
      close(document.at("/components/responses/Error" + SCHEMA));
      return new WorkProtocol(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(JsonNode schema) {
    if (schema.has("properties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  /** What is wrong with a document as an OpenAPI one; empty if it is sound. */
  static List<String> faults(String text) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    List<String> messages =
        new OpenAPIV3Parser().readContents(text, List.of(), options).getMessages();
    return messages == null ? List.of() : messages;
  }

  /** Whether a request's body is as the document has it. */
  boolean admits(String path, String body) {
    return schema(operation("post", path) + "/requestBody" + SCHEMA)
        .validate(body, InputFormat.JSON)
        .isEmpty();
  }

  /** Holds an answer against the document. */
  void requireAnswer(String method, String path, HttpResponse<String> response) {
    String operation = operation(method.toLowerCase(Locale.ROOT), path);
    if (document.at(operation).isMissingNode()) {
      assertThat(response.statusCode()).as(method + " " + path).isIn(404, 405);
      return;
    }
    String status = operation + "/responses/" + response.statusCode();
    String at = document.at(status).isMissingNode() ? operation + "/responses/default" : status;
    String shared = document.at(at + "/$ref").asText();
    String answer = shared.isEmpty() ? at : shared.substring(1);
    if (document.at(answer + "/content").isMissingNode()) {
      assertThat(response.body()).as(answer).isEmpty();
      return;
    }
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(schema(answer + SCHEMA).validate(response.body(), InputFormat.JSON))
        .as("%s by %s", response.body(), answer)
        .isEmpty();
  }

  /** Holds work that a service gives against the document. */
  void requireWork(String body) {
    assertThat(schema("/components/schemas/Work").validate(body, InputFormat.JSON))
        .as(body)
        .isEmpty();
  }

  private static String operation(String method, String path) {
    return "/paths/" + path.replace("/", "~1") + "/" + method;
  }

  private Schema schema(String pointer) {
    return schemas.getSchema(SchemaLocation.of(NAME + "#" + pointer));
  }
}
