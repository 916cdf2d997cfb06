package io.engram.collector.http;

import java.util.Locale;
import java.util.Map;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * The runbook as a page that needs no script. Each heading can be linked to by its words in lower
 * case, with hyphens for what are no letters or digits.
 */
final class RunbookPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Runbook – Engram</title>
        <link rel="icon" href="icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="style.css">
        <link rel="stylesheet" href="runbook.css">
      </head>
      <body>
      <header class="masthead">
        <img src="icon.svg" alt="" width="34" height="34">
        <div class="masthead-words"><p><a href="./">Engram</a></p></div>
      </header>
      <main class="runbook">
      """;
  private static final String FOOT = "</main>\n</body>\n</html>\n";

  private RunbookPage() {}

  /** The page of a text in Markdown; HTML in it is shown as it is written. */
  static String of(String markdown) {
    Node text = Parser.builder().build().parse(markdown);
    HtmlRenderer html =
        HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> new Anchors())
            .build();
    return HEAD + html.render(text) + FOOT;
  }

  private static final class Anchors implements AttributeProvider {
    private final TextContentRenderer words = TextContentRenderer.builder().build();

    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
      if (node instanceof Heading) {
        attributes.put(
            "id",
            words.render(node).strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
      }
      if (tag.equals("pre")) {
        // What is too wide is scrolled to, and so must be within reach of the keyboard.
        attributes.put("tabindex", "0");
      }
    }
  }
}
