package dev.belay.core.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with one page, steered over its own protocol (DevTools). */
final class Chromium implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Everything that the page asked the network for, and what its console said. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  final List<String> said = new CopyOnWriteArrayList<>();

  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final Process process;
  private final WebSocket socket;
  private int last;

  private Chromium(Process process, int port) throws Exception {
    this.process = process;
    HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    URI pages = URI.create("http://127.0.0.1:" + port + "/json/list");
    String list =
        client
            .send(
                HttpRequest.newBuilder(pages).timeout(LIMIT).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    String address = null;
    for (JsonNode target : JSON.readTree(list)) {
      if (target.path("type").asString().equals("page")) {
        address = target.path("webSocketDebuggerUrl").asString();
      }
    }
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Ear())
            .get(60, TimeUnit.SECONDS);
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
    call("Network.enable", Map.of());
  }

  /** Tells whether there is one on this machine. */
  static boolean isHere() {
    return Files.isExecutable(Path.of("/usr/bin/chromium"));
  }

  static Chromium start(Path folder) throws Exception {
    Path profile = Files.createDirectories(folder.resolve("profile"));
    Process process =
        new ProcessBuilder(
                "/usr/bin/chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--user-data-dir=" + profile,
                "--window-size=1000,900",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    try {
      return new Chromium(process, port(process, profile.resolve("DevToolsActivePort")));
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int port(Process process, Path file) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(file) && !Files.readAllLines(file).isEmpty()) {
        return Integer.parseInt(Files.readAllLines(file).get(0));
      }
      Thread.sleep(20);
    }
    throw new IOException("chromium does not start");
  }

  /** Opens a page and waits until it is there. */
  void open(Path page) throws Exception {
    asked.clear();
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!eval("document.readyState + location.href").equals("complete" + page.toUri())) {
      if (System.nanoTime() > end) {
        throw new IOException("the page does not load");
      }
      Thread.sleep(20);
    }
  }

  /** Returns the value of an expression as text. */
  String eval(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", "String(" + expression + ")", "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value").asString();
  }

  /** Waits until an expression has a value. */
  void await(String expression, String value) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    String got = eval(expression);
    while (!got.equals(value)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(expression + " is " + got + ", not " + value);
      }
      Thread.sleep(20);
      got = eval(expression);
    }
  }

  /** Presses one key, such as {@code Tab} or {@code /}. */
  void press(String key) throws Exception {
    Map<String, Integer> codes = Map.of("Tab", 9, "Enter", 13, "Escape", 27, " ", 32, "/", 191);
    boolean typed = key.length() == 1 || key.equals("Enter");
    String text = key.equals("Enter") ? "\r" : typed ? key : "";
    int code = codes.getOrDefault(key, (int) Character.toUpperCase(key.charAt(0)));
    Map<String, Object> down =
        Map.of(
            "type",
            typed ? "keyDown" : "rawKeyDown",
            "key",
            key,
            "text",
            text,
            "windowsVirtualKeyCode",
            code);
    call("Input.dispatchKeyEvent", down);
    call(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
  }

  /** Shows the page as on paper or in the dark. */
  void media(String media, String scheme) throws Exception {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void withoutScripts(boolean off) throws Exception {
    call("Emulation.setScriptExecutionDisabled", Map.of("value", off));
  }

  /** Returns the page as a picture. */
  byte[] picture() throws Exception {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of()).path("data").asString());
  }

  private JsonNode call(String method, Map<String, ?> params) throws Exception {
    int id = ++last;
    socket
        .sendText(
            JSON.writeValueAsString(Map.of("id", id, "method", method, "params", params)), true)
        .get(60, TimeUnit.SECONDS);
    while (true) {
      JsonNode answer = answers.poll(60, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IOException("no answer to " + method);
      }
      if (answer.path("id").asInt() == id) {
        if (answer.has("error")) {
          throw new IOException(method + ": " + answer.path("error"));
        }
        return answer.path("result");
      }
    }
  }

  /** Keeps what the browser says by itself apart from its answers. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean whole) {
      text.append(part);
      if (whole) {
        heard(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void heard(JsonNode message) {
      JsonNode params = message.path("params");
      switch (message.path("method").asString("")) {
        case "Network.requestWillBeSent" ->
            asked.add(params.path("request").path("url").asString());
        case "Log.entryAdded" -> said.add(params.path("entry").path("text").asString());
        case "Runtime.exceptionThrown", "Page.javascriptDialogOpening" ->
            said.add(params.toString());
        default -> answers.add(message);
      }
    }
  }

  /** The browser writes its profile until it has ended, so its end is awaited. */
  @Override
  public void close() {
    socket.abort();
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    for (ProcessHandle one :
        all) { // they outlive the browser for a moment, and write to the profile
      one.destroyForcibly();
      one.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
  }
}
