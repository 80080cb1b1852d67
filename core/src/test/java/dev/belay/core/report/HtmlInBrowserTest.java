package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.core.run.RunEvent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where there is one (Debian: chromium). */
class HtmlInBrowserTest {

  private static final String SHOWN_ITEMS =
      "[...document.querySelectorAll('li.item')].filter(e => e.checkVisibility()).length";

  private static final String FOCUS =
      "document.activeElement.tagName + '.' + document.activeElement.className";

  @TempDir static Path folder;
  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Chromium.isHere(), "no chromium on this machine");
    browser = Chromium.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path open(List<RunEvent> events) throws Exception {
    Path file = folder.resolve("run.html");
    Files.writeString(file, HtmlReport.page(PageSamples.timed(events)));
    browser.media("screen", "light");
    browser.said.clear();
    browser.open(file);
    return file;
  }

  @Test
  void runsItsOwnScriptOnlyAndLoadsNothing() throws Exception {
    Path file = open(PageSamples.hostile("</script><img src=http://127.0.0.1/x onerror=alert(1)>"));
    assertThat(browser.eval("document.querySelector('.tools').hidden")).isEqualTo("false");
    assertThat(browser.eval("document.images.length + document.scripts.length")).isEqualTo("1");
    assertThat(browser.asked).containsExactly(file.toUri().toString());
    assertThat(browser.said).isEmpty();
  }

  @Test
  void isForbiddenToLoadAnythingOrToRunWhatWasAdded() throws Exception {
    open(SampleRuns.check());
    browser.eval(
        "new Promise(done => { addEventListener('securitypolicyviolation', e => { window.refused ="
            + " (window.refused ?? '') + e.effectiveDirective + ' '; }); const s ="
            + " document.createElement('script'); s.textContent = 'window.ran = 1';"
            + " document.body.append(s); const i = new Image(); i.src = 'http://127.0.0.1:9/x';"
            + " document.body.append(i); setTimeout(done, 0); })");
    browser.await("window.refused", "script-src-elem img-src ");
    assertThat(browser.eval("window.ran")).isEqualTo("undefined");
  }

  @Test
  void searchesAndFiltersByTheKeyboardAlone() throws Exception {
    open(SampleRuns.check());
    browser.await(SHOWN_ITEMS, "6");
    browser.press("/");
    assertThat(browser.eval(FOCUS)).isEqualTo("INPUT.");
    for (char key : "audit-policy".toCharArray()) {
      browser.press(String.valueOf(key));
    }
    browser.await(SHOWN_ITEMS, "2");
    browser.await("document.querySelector('.said').textContent", "2 shown");
    browser.press("Escape");
    browser.await(SHOWN_ITEMS, "6");
    browser.press("Tab");
    assertThat(browser.eval("document.activeElement.value")).isEqualTo("ok");
    browser.press("Tab");
    assertThat(browser.eval("document.activeElement.value")).isEqualTo("would change");
    browser.press(" ");
    browser.await(SHOWN_ITEMS, "3");
  }

  @Test
  void everythingThatFoldsOrScrollsIsReachedByTabAndShowsIt() throws Exception {
    open(SampleRuns.rolledBack());
    browser.press("Tab");
    assertThat(browser.eval(FOCUS)).isEqualTo("A.skip");
    browser.press("Enter");
    browser.await("location.hash", "#main");
    int folds = Integer.parseInt(browser.eval("document.querySelectorAll('summary').length"));
    int reached = 0;
    for (int i = 0; i < 60 && reached < folds; i++) {
      browser.press("Tab");
      reached += browser.eval("document.activeElement.tagName").equals("SUMMARY") ? 1 : 0;
      assertThat(browser.eval("getComputedStyle(document.activeElement).outlineStyle"))
          .as(browser.eval(FOCUS))
          .isEqualTo("solid");
    }
    assertThat(reached).isEqualTo(folds);
    boolean open = browser.eval("document.activeElement.parentElement.open").equals("true");
    browser.press("Enter");
    assertThat(browser.eval("document.activeElement.parentElement.open")).isEqualTo("" + !open);
  }

  @Test
  void canBeReadWithoutScripts() throws Exception {
    Path file = open(SampleRuns.rolledBack());
    String items = browser.eval("document.querySelectorAll('li.item').length");
    browser.withoutScripts(true);
    try {
      browser.open(file);
      assertThat(browser.eval("document.querySelector('.tools').checkVisibility()"))
          .isEqualTo("false");
      assertThat(browser.eval(SHOWN_ITEMS)).isEqualTo(items);
      browser.media("print", "light");
      assertThat(browser.eval("document.querySelectorAll('details:not([open])').length"))
          .isEqualTo("0");
    } finally {
      browser.withoutScripts(false);
    }
  }

  @Test
  void printsWhatIsFoldedEvenWithoutScripts() throws Exception {
    open(SampleRuns.check());
    String folded =
        "(d => d.offsetHeight > 2 * d.firstElementChild.offsetHeight)"
            + "(document.querySelector('details.more:not([open])'))";
    assertThat(browser.eval(folded)).isEqualTo("false");
    browser.media("print", "light");
    assertThat(browser.eval(folded)).isEqualTo("true");
  }

  @Test
  void isDarkInTheDarkAndWhiteOnPaper() throws Exception {
    open(SampleRuns.rolledBack());
    assertThat(brightness()).isGreaterThan(200);
    browser.media("screen", "dark");
    assertThat(brightness()).isLessThan(60);
    browser.media("print", "dark");
    assertThat(brightness()).isGreaterThan(200);
  }

  private static long brightness() throws Exception {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(browser.picture()));
    long sum = 0;
    for (int y = 0; y < picture.getHeight(); y += 10) {
      for (int x = 0; x < picture.getWidth(); x += 10) {
        sum += (picture.getRGB(x, y) >> 8) & 0xff;
      }
    }
    return sum / ((picture.getHeight() + 9L) / 10 * ((picture.getWidth() + 9L) / 10));
  }

  @Test
  void textStandsOutFromItsBackgroundInBothSchemes() throws Exception {
    for (String scheme : List.of("light", "dark")) {
      open(PageSamples.undone());
      browser.media("screen", scheme);
      assertThat(Double.parseDouble(browser.eval(LEAST_CONTRAST))).as(scheme).isGreaterThan(4.5);
    }
  }

  /** The least contrast of a text on the page, by the formula of WCAG 2.1; AA wants 4.5. */
  private static final String LEAST_CONTRAST =
      """
      (() => {
        const part = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        const light = rgb => 0.2126 * part(rgb[0]) + 0.7152 * part(rgb[1]) + 0.0722 * part(rgb[2]);
        const read = css => css.match(/[\\d.]+/g).map(Number);
        const back = e => {
          for (; e; e = e.parentElement) {
            const c = read(getComputedStyle(e).backgroundColor);
            if (c.length === 3 || c[3] > 0) return c;
          }
          return [255, 255, 255];
        };
        let least = 99;
        for (const e of document.querySelectorAll('body *')) {
          const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim() !== '');
          if (!own || !e.checkVisibility() || e.closest('svg')) continue;
          const [a, b] = [light(read(getComputedStyle(e).color)), light(back(e))];
          least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
        }
        return least;
      })()""";

  @Test
  void aLargeFleetIsSearchedAtOnce() throws Exception {
    open(PageSamples.large(100, 50));
    browser.eval(
        "(() => { const s = document.querySelector('.tools input'); s.value = 'node-77 45.conf';"
            + " s.dispatchEvent(new Event('input')); })()");
    browser.await("document.querySelector('.said').textContent", "1 shown");
  }
}
