import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * A YARN of one node on loopback: {@code java -cp "HOME/yarn-cluster/*" YarnNode.java SITE} writes
 * a yarn-site.xml for its clients when it is up, and ends with its standard input. In a JVM of its
 * own because it keeps threads that nothing ends, and Hadoop's classes.
 */
final class YarnNode {
  private YarnNode() {}

  public static void main(String[] arguments) {
    try {
      serve(Path.of(arguments[0]));
    } catch (Exception | Error e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0);
  }

  private static void serve(Path site) throws Exception {
    YarnConfiguration settings = new YarnConfiguration();
    settings.set("yarn.scheduler.capacity.root.queues", "default");
    settings.set("yarn.scheduler.capacity.root.default.capacity", "100");
    settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1");
    settings.set("yarn.scheduler.minimum-allocation-mb", "128");
    // A JVM maps more memory than it uses.
    settings.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    settings.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
    // Full disks are nothing to a test.
    settings.setBoolean("yarn.nodemanager.disk-health-checker.enable", false);
    settings.set("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
    MiniYARNCluster cluster = new MiniYARNCluster("yarn", 1, 1, 1);
    cluster.init(settings);
    cluster.start();
    Path draft = site.resolveSibling(site.getFileName() + ".draft");
    try (OutputStream out = Files.newOutputStream(draft)) {
      cluster.getConfig().writeXml(out);
    }
    Files.move(draft, site);
    while (System.in.read() >= 0) {}
  }
}
