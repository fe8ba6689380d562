package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BillOfMaterialsIT {
  @Test
  void bill_ofTheJar_namesWhatShipsAndNoMore() throws Exception {
    Path file = Program.root().resolve("job/target/bom.json");
    assumeTrue(
        Files.exists(file) || "true".equals(System.getenv("CI")),
        "mvn -o leaves the bill of materials out: its plugin asks to be online");
    JsonNode bill = new ObjectMapper().readTree(file.toFile());
    Set<String> names = new TreeSet<>();
    for (JsonNode component : bill.get("components")) {
      assertThat(component.get("version").asText()).isNotEmpty();
      names.add(component.get("name").asText());
    }
    assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(names).contains("config", "picocli", "xchart");
    assertThat(names).noneMatch(name -> name.startsWith("spark") || name.startsWith("hadoop"));
  }
}
