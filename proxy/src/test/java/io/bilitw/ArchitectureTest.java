package io.bilitw;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the rooms and arrows of ARCHITECTURE.md against the compiled code. */
class ArchitectureTest {

    private static final String ROOT = "io.bilitw";

    /** Room to the rooms it may use. The room without a name is {@code io.bilitw} itself. */
    private static final Map<String, Set<String>> ARROWS =
            Map.ofEntries(
                    entry(
                            "",
                            Set.of(
                                    "master",
                                    "worker",
                                    "pool",
                                    "stats",
                                    "control",
                                    "config",
                                    "os",
                                    "terminal")),
                    entry("terminal", Set.of("os")),
                    entry("admin", Set.of("stats", "config")),
                    entry("master", Set.of("control", "stats", "config", "os", "admin")),
                    entry(
                            "worker",
                            Set.of(
                                    "client",
                                    "pool",
                                    "server",
                                    "net",
                                    "protocol",
                                    "protocol.redis",
                                    "protocol.memcache",
                                    "stats",
                                    "control",
                                    "config",
                                    "os")),
                    entry("client", Set.of("pool", "protocol", "net", "stats", "config")),
                    entry(
                            "pool",
                            Set.of(
                                    "server",
                                    "protocol",
                                    "net",
                                    "distribution",
                                    "hash",
                                    "stats",
                                    "config")),
                    entry("server", Set.of("protocol", "net", "stats", "config")),
                    entry("net", Set.of("config")),
                    entry("stats", Set.of("config")),
                    entry("control", Set.of()),
                    entry("config", Set.of("hash", "distribution")),
                    entry("protocol.redis", Set.of("protocol", "stats")),
                    entry("protocol.memcache", Set.of("protocol")),
                    entry("protocol", Set.of()),
                    entry("distribution", Set.of("hash")),
                    entry("hash", Set.of()),
                    entry("os", Set.of()));

    /** A row of the document's table. */
    private static final Pattern ROW =
            Pattern.compile("\\| `(?<room>[^`]+)` \\|[^|]*\\|(?<uses>[^|]*)\\|");

    /** The rooms that every request passes through. */
    private static final String[] HOT_ROOMS = {
        ROOT + ".client..",
        ROOT + ".pool..",
        ROOT + ".server..",
        ROOT + ".net..",
        ROOT + ".protocol.."
    };

    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void everyArrowIsDrawn() {
        classes().should(useOnlyRoomsTheirRoomMayUse()).check(CODE);
    }

    @Test
    void documentDrawsTheSameArrows() throws IOException {
        Map<String, Set<String>> drawn = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("..", "ARCHITECTURE.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String room = row.group("room");
                drawn.put(room.equals(ROOT) ? "" : room, codeWords(row.group("uses")));
            }
        }
        assertThat(drawn).isEqualTo(ARROWS);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void everyRoomIsNullMarked() {
        Set<JavaPackage> rooms =
                CODE.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
        assertThat(rooms).isNotEmpty().allMatch(room -> room.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void protocolHashAndDistributionKnowBytesButNoChannels() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".protocol..", ROOT + ".hash..", ROOT + ".distribution..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel..", "java.nio.channels..", "java.net..")
                .allowEmptyShould(true)
                .check(CODE);
    }

    /** Where the time it takes tells nothing about how much of a guess is right. */
    @Test
    void passwordsAreComparedInConstantTime() {
        classes()
                .that()
                .haveFullyQualifiedName(ROOT + ".protocol.redis.Credentials")
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(CODE);
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(RedisProtocol|RedisDialogue)")
                .should()
                .callMethod(ROOT + ".protocol.redis.RedisSettings", "password")
                .check(CODE);
    }

    @Test
    void hotRoomsUseNoStreamsAndNoRegularExpressions() {
        noClasses()
                .that()
                .resideInAnyPackage(HOT_ROOMS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.stream..", "java.util.regex..")
                .orShould()
                .callCodeUnitWhere(formatsOrMatchesByPattern())
                .allowEmptyShould(true)
                .check(CODE);
    }

    /** Calls that hide a formatter or a regular expression in a {@code String} method. */
    private static DescribedPredicate<JavaCall<?>> formatsOrMatchesByPattern() {
        Set<String> slow =
                Set.of("format", "formatted", "matches", "replaceAll", "replaceFirst", "split");
        return DescribedPredicate.describe(
                "is one of String's " + slow,
                call ->
                        call.getTargetOwner().isEquivalentTo(String.class)
                                && slow.contains(call.getName()));
    }

    private static ArchCondition<JavaClass> useOnlyRoomsTheirRoomMayUse() {
        return new ArchCondition<>("use only the rooms that their own room may use") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                String room = roomOf(user);
                if (!ARROWS.containsKey(room)) {
                    events.add(
                            violated(
                                    user,
                                    user.getName() + " is in a room that is not in the table"));
                    return;
                }
                user.getDirectDependenciesFromSelf().stream()
                        .filter(arrow -> isOurs(arrow.getTargetClass().getBaseComponentType()))
                        .filter(arrow -> {
                            String used = roomOf(arrow.getTargetClass().getBaseComponentType());
                            return !used.equals(room) && !ARROWS.get(room).contains(used);
                        })
                        .forEach(arrow -> events.add(violated(user, arrow.getDescription())));
            }
        };
    }

    private static ConditionEvent violated(JavaClass user, String message) {
        return SimpleConditionEvent.violated(user, message);
    }

    /** The words in back-quotes. */
    private static Set<String> codeWords(String markdown) {
        return Pattern.compile("`([^`]+)`")
                .matcher(markdown)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static boolean isOurs(JavaClass type) {
        return (type.getPackageName() + ".").startsWith(ROOT + ".");
    }

    private static String roomOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }
}
