package io.bilitw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a command line apart by the rules of GNU getopt_long, as twemproxy does
 * (nc.c:nc_get_options).
 *
 * <pre>
 *   -dV      bundled letters             --conf=FILE   a long name, cut short as long as it is unique
 *   -v6      a value attached            --            nothing behind it is an option
 *   -v 6     a value as the next word    word, -       stray words: a command's, or ignored
 * </pre>
 *
 * Of a repeated option the last value counts, but each one is checked. One rule is our own: behind
 * {@code -t} the next word is the file to test unless it begins with a dash, so that both {@code -t
 * -c FILE} of twemproxy and {@code -t FILE} of the C program bilitw work.
 */
final class CommandLine {

    private final String[] words;
    private final Map<Option, String> given = new EnumMap<>(Option.class);
    private final List<Integer> strays = new ArrayList<>();
    private int next; // index of the next word

    private CommandLine(String... words) {
        this.words = words;
    }

    /**
     * Takes a command line apart.
     *
     * @throws OptionException at the first fault
     */
    static CommandLine parse(String... words) throws OptionException {
        CommandLine line = new CommandLine(words);
        line.parse();
        return line;
    }

    /** The options that are given and their values, checked; without a value the empty text. */
    Map<Option, String> given() {
        return given;
    }

    /** The positions of the words that belong to no option. */
    List<Integer> strays() {
        return strays;
    }

    private void parse() throws OptionException {
        while (next < words.length) {
            String word = words[next++];
            if (word.equals("--")) {
                break;
            }
            if (word.startsWith("--")) {
                parseLong(word);
            } else if (word.startsWith("-") && word.length() > 1) {
                parseLetters(word);
            } else {
                strays.add(next - 1);
            }
        }
        while (next < words.length) {
            strays.add(next++);
        }
    }

    private void parseLong(String word) throws OptionException {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String attached = equals < 0 ? null : word.substring(equals + 1);
        Option option = byLongForm(name);
        if (option.argument() == Argument.NONE && attached != null) {
            throw invalid(name);
        }
        take(option, attached);
    }

    private void parseLetters(String word) throws OptionException {
        for (int i = 1; i < word.length(); i++) {
            Option option = byLetter(word.charAt(i));
            String rest = word.substring(i + 1);
            if (option.argument().isRequired()) {
                take(option, rest.isEmpty() ? null : rest);
                return;
            }
            take(option, rest.isEmpty() ? null : "");
        }
    }

    /**
     * Notes an option, with the next word as its value when {@code attached} is null and it wants
     * one.
     */
    private void take(Option option, @Nullable String attached) throws OptionException {
        String value = attached != null ? attached : nextWordFor(option);
        String fault = option.fault(value);
        if (fault != null) {
            throw new OptionException(fault);
        }
        given.put(option, value);
    }

    private String nextWordFor(Option option) throws OptionException {
        boolean hasNext = next < words.length;
        return switch (option.argument()) {
            case NONE -> "";
            case OPTIONAL_FILE -> hasNext && !words[next].startsWith("-") ? words[next++] : "";
            case NUMBER, FILE, STRING -> {
                if (!hasNext) {
                    throw new OptionException(option.requires(option.argument().noun()));
                }
                yield words[next++];
            }
        };
    }

    private static Option byLetter(char letter) throws OptionException {
        return Arrays.stream(Option.values())
                .filter(option -> option.hasLetter(letter))
                .findFirst()
                .orElseThrow(() -> invalid(String.valueOf(letter)));
    }

    /** Finds the option that begins with {@code form}; no long name is the beginning of another. */
    private static Option byLongForm(String form) throws OptionException {
        List<Option> fitting =
                Arrays.stream(Option.values())
                        .filter(option -> option.longForm().startsWith(form))
                        .toList();
        if (fitting.size() != 1) {
            throw invalid(form);
        }
        return fitting.getFirst();
    }

    private static OptionException invalid(String option) {
        return new OptionException("invalid option -- '" + option + "'");
    }
}
