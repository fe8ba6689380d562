package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.testing.Checkout;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
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

  /** What calls the drivers of GPUs, with its libraries for the systems that clusters run. */
  @Test
  void jar_jna_addsLessThanFourTenthsOfAMegabyte() throws Exception {
    try (JarFile jar =
        new JarFile(Objects.requireNonNull(System.getProperty("golden.nonce.jar")))) {
      List<JarEntry> jna =
          jar.stream().filter(entry -> entry.getName().startsWith("com/sun/jna/")).toList();
      assertThat(jna)
          .extracting(JarEntry::getName)
          .filteredOn(name -> name.matches(".*\\.(so|dll|jnilib)"))
          .containsExactlyInAnyOrder(
              "com/sun/jna/linux-x86-64/libjnidispatch.so",
              "com/sun/jna/linux-aarch64/libjnidispatch.so");
      assertThat(jna.stream().mapToLong(JarEntry::getCompressedSize).sum()).isBetween(1L, 400_000L);
    }
  }
}
