package io.github.serfhandler.template;

import io.github.serfhandler.render.RenderException;
import io.pebbletemplates.pebble.error.AttributeNotFoundException;
import io.pebbletemplates.pebble.error.ParserException;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.node.expression.GetAttributeExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a template, in words: file, line, what was found and what was expected. The
 * only place that reads the texts of the library's exceptions.
 */
final class Failures {
  static final String TOO_LARGE = "the rendered file would be larger than 16 MiB";

  private static final Set<String> TAGS =
      Set.of(
          "block",
          "extends",
          "filter",
          "for",
          "from",
          "if",
          "import",
          "include",
          "macro",
          "set",
          "verbatim");

  private static final Pattern TOKEN =
      Pattern.compile(
          "Unexpected token of value \"(.*)\" and type (\\w+), expected token of type (\\w+).*",
          Pattern.DOTALL);
  private static final Pattern STRAY =
      Pattern.compile("Unexpected token \"(\\w+)\" of value \"(.*)\"", Pattern.DOTALL);
  private static final Pattern TAG =
      Pattern.compile("Unexpected tag name \"(.*)\"", Pattern.DOTALL);
  private static final Pattern END =
      Pattern.compile("Unexpected end of template\\. Pebble was looking for (.*)");
  private static final Pattern FUNCTION =
      Pattern.compile("Function or Macro \\[(.*?)\\].* does not exist\\.", Pattern.DOTALL);

  private static final Map<String, String> TOKENS =
      Map.of(
          "EOF", "the end of the file",
          "EXECUTE_START", "{%",
          "EXECUTE_END", "%}",
          "PRINT_START", "{{",
          "PRINT_END", "}}",
          "NAME", "a name",
          "STRING", "text in quotes",
          "NUMBER", "a number",
          "TEXT", "text",
          "PUNCTUATION", "punctuation");

  /** The library's words and ours, in which $1 is the first group of theirs. */
  private static final Map<Pattern, String> TEXTS = new LinkedHashMap<>();

  static {
    word("Could not perform addition", "+ takes two numbers, or text");
    word("Could not perform subtraction", "- takes two numbers");
    word("Could not perform multiplication", "* takes two numbers");
    word("Could not perform division", "/ takes two numbers, the second not 0");
    word("Could not perform (greater )?modulus", "% takes two numbers, the second not 0");
    word("Could not perform .* comparison", "only two numbers can be compared like this");
    word("null value given to if .*", "true or false is needed here, not null; write \"is null\"");
    word(
        "Unsupported value type .*",
        "true or false is needed here, not a list or the like; write \"is empty\" or \"is null\"");
    word("Wrong operand.*", "true or false is needed here");
    word("Not an iterable object.*", "for takes a list or a map");
    word("The template name in an? (\\w+) tag .*", "$1 takes the name of a file, not null");
    word("The argument at position .* Only (\\d+) .*", "too many arguments; at most $1 are taken");
    word("The following named argument does not exist: (.*)", "unknown argument \"$1\"");
    word("A block must start with a tag name\\.", "expected the name of a tag behind {%");
    word("endblock tag should be present.*", "the block has no end; expected {% endblock %}");
    word("Unclosed comment\\.", "the comment has no end; expected #}");
    word("Unclosed verbatim tag\\.", "the tag has no end; expected {% endverbatim %}");
    word("Unclosed \"(.*)\"", "expected $1 before the end");
    word("Unexpected character \\[(.*)]", "expected a value, found \"$1\"");
    word(
        "(Argument )?(from|to)Index must be .*",
        "slice takes two numbers: the first place, from 0, and the one behind the last");
    word(
        "Please provide a correctly Base64 encoded .*",
        "base64decode takes text in Base64 that stands for UTF-8");
    word("Tried to write more than.*", TOO_LARGE);
  }

  private static void word(String theirs, String ours) {
    TEXTS.put(Pattern.compile(theirs, Pattern.DOTALL), ours);
  }

  private Failures() {}

  /** For people, of whatever was thrown. */
  static RenderException of(TemplateFiles files, Throwable problem) {
    PebbleException told = null;
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof PebbleException known && (told == null || isPlaced(known))) {
        told = known; // The innermost that knows its line: those around it say less.
      }
    }
    String file = told == null ? null : told.getFileName();
    Integer line = told == null ? null : told.getLineNumber();
    String where = "cannot render " + files.path(file == null ? files.main() : file) + ": ";
    return new RenderException(
        where + (line == null || line < 1 ? "" : "line " + line + ": ") + words(told, problem),
        problem);
  }

  /** That there is no such variable, and what there is. */
  static String unknownVariable(String name) {
    List<String> known = new ArrayList<>(List.of("self"));
    for (String function : Language.functionNames()) {
      known.add(function + "()");
    }
    String hint = Words.hint(name, known);
    return "unknown variable "
        + Words.quote(name)
        + "; there are: "
        + String.join(", ", known)
        + (hint.isEmpty() ? Words.hint(name + "()", known) : hint);
  }

  private static boolean isPlaced(PebbleException known) {
    return known.getLineNumber() != null;
  }

  private static String words(@Nullable PebbleException told, Throwable problem) {
    if (problem instanceof StackOverflowError) {
      return "its parts call each other without an end, or are nested too deep";
    } else if (told == null) {
      return "what it does with a value is impossible (" + problem.getClass().getSimpleName() + ")";
    } else if (told instanceof TemplateMistake || told instanceof MissingField) {
      return told.getPebbleMessage();
    } else if (told instanceof AttributeNotFoundException missing) {
      return missing(missing);
    }
    String text = told.getPebbleMessage();
    return told instanceof ParserException ? syntax(text) : text(text);
  }

  private static String missing(AttributeNotFoundException e) {
    // The same exception tells of a variable that is not there and of one that holds null: only
    // where it was thrown differs.
    StackTraceElement[] trace = e.getStackTrace();
    String name = e.getAttributeName();
    return trace.length > 0
            && trace[0].getClassName().equals(GetAttributeExpression.class.getName())
        ? Words.quote(name) + " is null, or asked of null; ask whether it \"is null\" before"
        : unknownVariable(name);
  }

  private static String syntax(String text) {
    Matcher token = TOKEN.matcher(text);
    if (token.matches()) {
      return "expected "
          + word(token.group(3))
          + ", found "
          + found(token.group(2), token.group(1));
    }
    Matcher stray = STRAY.matcher(text);
    if (stray.matches()) {
      return "expected a value, found " + found(stray.group(1), stray.group(2));
    }
    Matcher end = END.matcher(text);
    if (end.matches()) {
      return "the file ends too early; expected " + end.group(1);
    }
    Matcher tag = TAG.matcher(text);
    if (tag.matches()) {
      List<String> tags = TAGS.stream().sorted().toList();
      return "unknown tag "
          + Words.quote(tag.group(1))
          + "; there are: "
          + String.join(", ", tags)
          + Words.hint(tag.group(1), tags);
    }
    return text(text);
  }

  private static String text(String text) {
    Matcher function = FUNCTION.matcher(text);
    if (function.matches()) {
      List<String> known = Language.functionNames();
      return "unknown function "
          + Words.quote(function.group(1))
          + "; there are: "
          + String.join(", ", known)
          + Words.hint(function.group(1), known);
    }
    for (Map.Entry<Pattern, String> words : TEXTS.entrySet()) {
      Matcher theirs = words.getKey().matcher(text);
      if (theirs.matches()) {
        return Words.oneLine(theirs.replaceFirst(words.getValue()), 300);
      }
    }
    return Words.oneLine(text, 300);
  }

  private static String found(String type, String value) {
    return type.equals("EOF") || value.equals("null") ? word(type) : Words.quote(value);
  }

  private static String word(String type) {
    return TOKENS.getOrDefault(type, type);
  }
}
