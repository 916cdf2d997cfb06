package io.engram.trainer.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Finds the selectors of a PromQL expression; what is wrong with it otherwise, Prometheus says. */
final class SelectorScanner {
  private static final Set<String> BEFORE_LABELS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "offset", "sum", "min", "max", "avg", "count", "topk");

  private final String text;
  private final List<Selector> found = new ArrayList<>();
  private int at;

  private SelectorScanner(String text) {
    this.text = text;
  }

  static List<Selector> scan(String expression) {
    SelectorScanner scanner = new SelectorScanner(expression);
    scanner.scan();
    return scanner.found;
  }

  private void scan() {
    String function = "";
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isLetter(c)) {
        String word = run(SelectorScanner::isInWord);
        skipBlanks();
        if (BEFORE_LABELS.contains(word)) {
          block('(', ')');
        } else if (at < text.length() && text.charAt(at) == '(') {
          at++;
          function = word;
          continue;
        } else if (!WORDS.contains(word)) {
          String matchers = block('{', '}');
          found.add(new Selector(word, matchers, block('[', ']'), function));
        }
      } else if (c == '"') {
        block('"', '"');
      } else if (Character.isDigit(c) || c == '$') {
        at++;
        run(SelectorScanner::isInWord);
      } else if (Character.isWhitespace(c)) {
        at++;
        continue;
      } else {
        at++;
      }
      function = "";
    }
  }

  private static boolean isInWord(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == ':' || c == '.';
  }

  private String run(IntPredicate in) {
    int from = at;
    while (at < text.length() && in.test(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private void skipBlanks() {
    run(Character::isWhitespace);
  }

  /** What stands between two marks, if it is here; marks within quotes do not count. */
  private String block(char open, char close) {
    if (at >= text.length() || text.charAt(at) != open) {
      return "";
    }
    int from = ++at;
    boolean quoted = false;
    while (at < text.length() && (quoted || text.charAt(at) != close)) {
      quoted ^= text.charAt(at) == '"';
      at++;
    }
    String inner = text.substring(from, Math.min(at, text.length()));
    at++;
    return inner;
  }
}
