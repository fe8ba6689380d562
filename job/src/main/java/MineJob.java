import io.goldennonce.cli.Main;

/**
 * What {@code spark-submit --class MineJob} names: it is in the default package because that is
 * what people type, and only hands over.
 */
public final class MineJob {
  private MineJob() {}

  public static void main(String[] arguments) {
    Main.main(arguments);
  }
}
