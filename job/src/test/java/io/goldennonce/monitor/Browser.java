package io.goldennonce.monitor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with a profile of its own. */
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;

  /** Starts one; where it is not installed, the test is skipped with a reason, and fails in CI. */
  public Browser(Path profile) {
    assumeTrue(
        (Files.exists(CHROMIUM) && Files.exists(DRIVER)) || "true".equals(System.getenv("CI")),
        "apt-get install chromium chromium-driver to include it");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    this.driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build(),
            options);
  }

  public void open(String address) {
    driver.get(address);
  }

  /** A window of a size, in the page's pixels, as a phone's or a desk's. */
  public void size(int width, int height, boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
  }

  public void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** An expression's value in the page. */
  public Object ask(String expression) {
    Object answer = driver.executeScript("return " + expression);
    return answer == null ? "null" : answer;
  }

  public String text(String selector) {
    return driver.findElement(By.cssSelector(selector)).getText();
  }

  /** Waits until an element's text is as wanted, and gives it. */
  public String await(String selector, Predicate<String> wanted) {
    return new WebDriverWait(driver, Duration.ofSeconds(40), Duration.ofMillis(100))
        .withMessage(() -> selector + " is " + text(selector))
        .until(page -> wanted.test(text(selector)) ? text(selector) : null);
  }

  public void press(CharSequence keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** What the page complained of on its console. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue())
        .map(LogEntry::toString)
        .toList();
  }

  /** The whole page, however long, in a file. */
  public void shoot(Path file, int width, boolean phone) throws IOException {
    long height = (Long) ask("document.documentElement.scrollHeight");
    size(width, (int) height, phone);
    // A frame to draw in the new size.
    await("#title", text -> !text.isEmpty());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
