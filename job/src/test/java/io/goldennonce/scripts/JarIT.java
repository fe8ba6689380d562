package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.testing.Checkout;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar as it ships. */
class JarIT {
  /** {@code --version} prints one, {@code spark-submit} without a class starts the other. */
  @Test
  void jar_itsManifest_hasVersionAndMainClass() throws Exception {
    try (JarFile jar =
        new JarFile(System.getProperty("golden.nonce.jar", "run me with mvn verify"))) {
      Attributes attributes = jar.getManifest().getMainAttributes();
      assertThat(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
          .isEqualTo(Checkout.version());
      assertThat(attributes.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("MineJob");
    }
  }
}
