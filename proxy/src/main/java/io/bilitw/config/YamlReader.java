package io.bilitw.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the YAML subset that twemproxy allows: one document of block mappings, block lists and
 * scalars.
 *
 * <p>Flow collections, anchors, aliases, tags and document markers are faults here although they
 * are YAML (nc_conf.c:conf_validate_tokens). Works on parse events and not on composed nodes, since
 * only events show the markers, and since what precedes a syntax error is still read, so that all
 * faults come out at once.
 */
final class YamlReader {

    /** Pools hold keys, keys hold lists, and lists hold texts: here ends what can be named. */
    private static final int MAX_DEPTH = 4;

    private final String text;
    private final Problems problems;
    private final Iterator<Event> events;
    private Position reached = new Position(1, 1);
    private boolean broken;

    private YamlReader(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
        LoadSettings settings =
                LoadSettings.builder()
                        .setUseMarks(true)
                        .setVersionFunction(
                                UnaryOperator.identity()) // refused below, as all directives
                        .setCodePointLimit(Integer.MAX_VALUE)
                        .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** Reads the document; faults go to {@code problems}. */
    static Yaml.Document read(String text, Problems problems) {
        YamlReader reader = new YamlReader(text, problems);
        Yaml root = reader.root();
        return new Yaml.Document(root, reader.broken);
    }

    private @Nullable Yaml root() {
        Yaml root = null;
        for (Event event = next(); event != null; event = next()) {
            if (event instanceof NodeEvent node) {
                root = value(node, 0);
            } else if (event instanceof DocumentStartEvent && root != null) {
                fault(event, "a second document", "one document");
                return root;
            } else if (event instanceof DocumentStartEvent start && start.isExplicit()) {
                fault(event, "a document marker or directive", "neither '---' nor '%' lines");
            } else if (event instanceof DocumentEndEvent end && end.isExplicit()) {
                fault(event, "a document end marker", "no '...' line");
            }
        }
        return root;
    }

    private Yaml value(NodeEvent node, int depth) {
        Position position = position(node.getStartMark());
        if (node.getAnchor().isPresent() && !(node instanceof AliasEvent)) {
            fault(node, "an anchor", "no '&'");
        }
        return switch (node) {
            case ScalarEvent scalar -> text(scalar, position);
            case CollectionStartEvent collection -> collection(collection, position, depth);
            default -> {
                fault(node, "an alias", "no '*'");
                yield new Yaml.Refused(position);
            }
        };
    }

    private Yaml text(ScalarEvent scalar, Position position) {
        refuseTag(scalar, scalar.getTag());
        if (scalar.getValue().chars().anyMatch(Character::isISOControl)) {
            fault(scalar, "a control character", "a text on one line");
            return new Yaml.Refused(position);
        }
        return new Yaml.Text(scalar.getValue(), position);
    }

    private Yaml collection(CollectionStartEvent start, Position position, int depth) {
        refuseTag(start, start.getTag());
        if (start.isFlow()) {
            fault(
                    start,
                    "a value in brackets or braces",
                    "one key or item a line, or quotes around the value");
        } else if (depth == MAX_DEPTH) {
            fault(start, "a block nested too deep", "pools, their keys, and lists");
        }
        if (start.isFlow() || depth == MAX_DEPTH) {
            skip();
            return new Yaml.Refused(position);
        }
        return start instanceof SequenceStartEvent
                ? items(position, depth)
                : entries(position, depth);
    }

    private Yaml.Items items(Position position, int depth) {
        List<Yaml> values = new ArrayList<>();
        while (next() instanceof NodeEvent item) {
            values.add(value(item, depth + 1));
        }
        return new Yaml.Items(values, position);
    }

    private Yaml.Entries entries(Position position, int depth) {
        List<Yaml.Entry> entries = new ArrayList<>();
        while (next() instanceof NodeEvent keyEvent) {
            Yaml key = value(keyEvent, MAX_DEPTH);
            Yaml value =
                    next() instanceof NodeEvent valueEvent ? value(valueEvent, depth + 1) : null;
            if (value != null && key instanceof Yaml.Text keyText) {
                entries.add(new Yaml.Entry(keyText, value));
            }
        }
        return new Yaml.Entries(entries, position);
    }

    /** Reads on to the end of the collection that has just begun. */
    private void skip() {
        int open = 1;
        while (open > 0) {
            Event event = next();
            if (event == null) {
                return;
            }
            open +=
                    event instanceof CollectionStartEvent
                            ? 1
                            : event instanceof CollectionEndEvent ? -1 : 0;
        }
    }

    private void refuseTag(Event event, Optional<String> tag) {
        tag.ifPresent(_ -> fault(event, "a tag", "no '!'"));
    }

    /** Returns the next event, or null at the end of the file or where it stops being YAML. */
    private @Nullable Event next() {
        try {
            if (!broken && events.hasNext()) {
                Event event = events.next();
                reached = position(event.getEndMark());
                return event;
            }
        } catch (MarkedYamlEngineException e) {
            broken = true;
            Position place = position(e.getProblemMark());
            problems.fault(
                    place,
                    isSecret(place)
                            ? "the line of a password is no YAML (expected: quotes around it)"
                            : inPlainWords(e.getProblem()));
        } catch (YamlEngineException e) {
            broken = true; // some faults the parser tells without a place
            problems.fault(reached, inPlainWords(String.valueOf(e.getMessage())));
        }
        return null;
    }

    /** Tells whether what the parser says of a place might repeat a part of a password. */
    private boolean isSecret(Position place) {
        return place.line() > 0
                && ConfigKey.isLineOfSecret(
                        text.lines().skip(place.line() - 1L).findFirst().orElse(""));
    }

    /**
     * Puts the two commonest slips, which the parser tells in its own terms, into those of an
     * operator, and makes one readable line of what it says of the others.
     */
    private static String inPlainWords(String problem) {
        if (problem.contains("(TAB)")) {
            return "a tab (expected: blanks for indentation)";
        }
        if (problem.startsWith("expected <block end>")) {
            return "a line out of step with its block (expected: the indentation of the lines"
                    + " above)";
        }
        int advice = problem.indexOf(". (Do not");
        String said = advice < 0 ? problem : problem.substring(0, advice);
        String readable =
                said.replace("\0(0)", "the end of the file").replaceAll("\\p{Cntrl}", "?");
        return readable + " (expected: correct YAML)";
    }

    private void fault(Event event, String found, String expected) {
        problems.fault(
                position(event.getStartMark()),
                found + " is not allowed (expected: " + expected + ")");
    }

    private static Position position(Optional<Mark> mark) {
        return mark.map(at -> new Position(at.getLine() + 1, at.getColumn() + 1))
                .orElse(Position.NOWHERE);
    }
}
