package io.goldennonce.pow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Headers of Bitcoin's mainnet. */
public final class RealHeaders {
  /** A header on the wire in hex and the hash that every block explorer shows for it. */
  public record WellKnown(int height, String hex, String hash) {}

  /** A header at a retarget height and the work of the chain up to and with it. */
  public record Checkpoint(BigInteger chainWork, int height, String hex) {}

  /**
   * 0: genesis; 170: the first payment; 125552: the example of the Bitcoin wiki's page "Block
   * hashing algorithm"; 481824: segwit; 840000: the fourth halving.
   */
  public static final List<WellKnown> WELL_KNOWN =
      List.of(
          new WellKnown(
              0,
              "010000000000000000000000000000000000000000000000000000000000000000000000"
                  + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
                  + "29ab5f49ffff001d1dac2b7c",
              "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
          new WellKnown(
              1,
              "010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000"
                  + "982051fd1e4ba744bbbe680e1fee14677ba1a3c3540bf7b1cdb606e857233e0e"
                  + "61bc6649ffff001d01e36299",
              "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048"),
          new WellKnown(
              170,
              "0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000"
                  + "ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de2764b3a3175c8166562cac7d"
                  + "51b96a49ffff001d283e9e70",
              "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee"),
          new WellKnown(
              100000,
              "0100000050120119172a610421a6c3011dd330d9df07b63616c2cc1f1cd0020000000000"
                  + "6657a9252aacd5c0b2940996ecff952228c3067cc38d4885efb5a4ac4247e9f3"
                  + "37221b4d4c86041b0f2b5710",
              "000000000003ba27aa200b1cecaad478d2b00432346c3f1f3986da1afd33e506"),
          new WellKnown(
              125552,
              "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000"
                  + "e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122b"
                  + "c7f5d74df2b9441a42a14695",
              "00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d"),
          new WellKnown(
              277316,
              "0200000069054f28012b4474caa9e821102655cc74037c415ad2bba70200000000000000"
                  + "2ecfc74ceb512c5055bcff7e57735f7323c32f8bbb48f5e96307e5268c001cc9"
                  + "3a09be520ca3031988261c37",
              "0000000000000001b6b9a13b095e96db41c4a928b97ef2d944a9b31b2cc7bdc4"),
          new WellKnown(
              481824,
              "02000020801b81629334be8e7af5ebfb9df09c18e1f833b5f0efcb000000000000000000"
                  + "40d1ca077fefe7fb797711baa0c063eca9b8ed9469ae0128982b44ad0c253864"
                  + "91329e59e93c011822ff5422",
              "0000000000000000001c8018d9cb3b742ef25114f27563e3fc4a1902167f9893"),
          new WellKnown(
              840000,
              "00e05f2aab948491071265ad552351d0ad625745668da54b017201000000000000000000"
                  + "4f89a5d73bd4d4887f25981fe81892ccafda10c27f52d6f3dd28183a7c411b03"
                  + "b7072366194203177d9863ea",
              "0000000000000000000320283a032748cef8227873ff4872689bf23f1cda83a5"));

  private RealHeaders() {}

  /**
   * The 436 checkpoints in bitcoinj-core 0.17.1: after three lines of preamble one in base64 a
   * line, 12 bytes of chain work, 4 of height, 80 of header (bitcoinj, {@code
   * BlockRow.serializeCompact}).
   */
  public static List<Checkpoint> checkpoints() {
    InputStream resource =
        RealHeaders.class.getResourceAsStream("/org.bitcoin.production.checkpoints.txt");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(resource), StandardCharsets.US_ASCII))) {
      return lines.lines().skip(3).map(RealHeaders::checkpoint).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last header of each of 413 windows of 2016 blocks, by height. */
  public static Map<Integer, BlockHeader> windowEnds() {
    InputStream resource = RealHeaders.class.getResourceAsStream("/bitcoin/window-ends.txt");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(resource), StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .collect(
              Collectors.toMap(
                  parts -> Integer.parseInt(parts[0]),
                  parts -> BlockHeader.parse(Base64.getDecoder().decode(parts[1]))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Checkpoint checkpoint(String line) {
    ByteBuffer entry = ByteBuffer.wrap(Base64.getDecoder().decode(line));
    byte[] work = new byte[12];
    byte[] header = new byte[80];
    entry.get(work);
    int height = entry.getInt();
    entry.get(header);
    return new Checkpoint(new BigInteger(1, work), height, HexFormat.of().formatHex(header));
  }
}
