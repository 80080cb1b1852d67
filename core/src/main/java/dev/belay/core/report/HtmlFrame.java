package dev.belay.core.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What is the same around every page. Its policy lets a browser use only the style and the script
 * that are part of the page, by their digests, and load nothing at all.
 */
final class HtmlFrame {

  private static final String STYLE = resource("page.css");
  private static final String SCRIPT = resource("page.js");

  private static final String POLICY =
      "default-src 'none'; style-src "
          + digest(STYLE)
          + "; script-src "
          + digest(SCRIPT)
          + "; base-uri 'none'; form-action 'none'";

  private HtmlFrame() {}

  static void begin(Markup page, String title) {
    page.constant("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.constant("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n");
    page.constant("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.constant("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.constant("<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.open("title").text(title).close("title");
    page.constant("<style>" + STYLE + "</style>\n</head>\n<body>\n");
    page.constant("<a class=\"skip\" href=\"#main\">Skip to what happened</a>\n");
  }

  static void end(Markup page) {
    page.constant(
        "<footer><p>Written by Belay. This page is complete in itself: it loads nothing.</p></footer>\n");
    page.constant("<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
  }

  private static String digest(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(sum) + "'";
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static String resource(String name) {
    try (InputStream in = HtmlFrame.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the jar lacks " + name, e);
    }
  }
}
