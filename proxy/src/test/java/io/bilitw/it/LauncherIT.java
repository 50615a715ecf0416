package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher of the packaged directory: which Java it takes and what it says when there is none,
 * where the Javas are scripts that print how they were called; and the AOT cache, with real ones.
 */
class LauncherIT {

    private static final Path PACKAGED = Path.of(System.getProperty("bilitw.home"));
    private static final long LIMIT_SECONDS = 10;

    private static final String CACHE = "lib/bilitw.aot";
    private static final String TELL_CLASSES = "-Xlog:class+load";
    private static final String FROM_CACHE =
            "io.bilitw.config.ConfigFile source: shared objects file";
    private static final String GOOD = "bilitw: configuration file 'good.yml' syntax is ok\n";

    @TempDir Path directory;

    @Test
    void startsThroughRelativeLinksFromDirectoryWithBlanks() throws Exception {
        Path home = copyLauncher("my bilitw");
        Path java = createJava("java", "25.0.3");
        Files.createSymbolicLink(directory.resolve("first"), Path.of("my bilitw/bin/bilitw"));
        Path link = Files.createSymbolicLink(directory.resolve("second"), Path.of("first"));
        Result result =
                run(
                        List.of(link.toString(), "-c", "a file.yml"),
                        Map.of("BILITW_JAVA_HOME", java.toString()));
        assertThat(result.output().lines())
                .containsExactly(
                        java + "/bin/java",
                        "@" + home + "/lib/jvm.options",
                        "-Djava.library.path=" + home + "/lib/native",
                        "-Dbilitw.launcher=" + link,
                        "@" + home + "/lib/jvm-25.options",
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        home + "/lib/bilitw.jar",
                        "-c",
                        "a file.yml");
        assertThat(result.exitCode()).isEqualTo(7);
    }

    @Test
    void becomesTheJavaItStarts() throws Exception {
        Path home = copyLauncher("bilitw");
        Path java = createJava("java", "25");
        Files.writeString(java.resolve("bin/java"), "#!/bin/sh\necho $$\n");
        ProcessBuilder builder = new ProcessBuilder(home + "/bin/bilitw");
        builder.environment().put("BILITW_JAVA_HOME", java.toString());
        Process process = builder.start();
        assertThat(text(process)).isEqualTo(process.pid() + "\n");
    }

    @Test
    void addsFlagsOfTheEnvironmentAfterThoseOfTheFile() throws Exception {
        Path home = copyLauncher("bilitw");
        Path java = createJava("java", "25");
        Result result =
                run(
                        List.of(home + "/bin/bilitw"),
                        Map.of(
                                "BILITW_JAVA_HOME",
                                java.toString(),
                                "BILITW_JAVA_OPTS",
                                "-Xmx1g -Da=*"));
        assertThat(result.output().lines()).containsSequence("-Xmx1g", "-Da=*", "-jar");
    }

    @Test
    void prefersItsOwnRuntime() throws Exception {
        Path home = copyLauncher("bilitw");
        createJava("bilitw/runtime", "25.0.1");
        Path other = createJava("other", "25.0.1");
        Result result =
                run(List.of(home + "/bin/bilitw"), Map.of("BILITW_JAVA_HOME", other.toString()));
        assertThat(result.output()).startsWith(home + "/runtime/bin/java\n");
    }

    @Test
    void takesJavaHome() throws Exception {
        Path home = copyLauncher("bilitw");
        Path java = createJava("java", "26-ea");
        Result result = run(List.of(home + "/bin/bilitw"), Map.of("JAVA_HOME", java.toString()));
        assertThat(result.output()).startsWith(java + "/bin/java\n").doesNotContain("jvm-25");
    }

    @Test
    void passesOverOldJavaHome() throws Exception {
        Path home = copyLauncher("bilitw");
        Path old = createJava("old", "17.0.15");
        Result result = run(List.of(home + "/bin/bilitw"), Map.of("JAVA_HOME", old.toString()));
        assertThat(result.output()).doesNotContain(old.toString());
    }

    @Test
    void asksJavaForItsVersionWhenNoFileTells() throws Exception {
        Path home = copyLauncher("bilitw");
        Path java = createJava("java", "25");
        Files.delete(java.resolve("release"));
        Files.writeString(
                java.resolve("bin/java"),
                """
                #!/bin/sh
                if [ "$*" = -version ]; then echo 'openjdk version "25.0.3" 2026-04-21 LTS' >&2; else echo started; fi
                """);
        Result result =
                run(List.of(home + "/bin/bilitw"), Map.of("BILITW_JAVA_HOME", java.toString()));
        assertThat(result.output()).isEqualTo("started\n");
    }

    @Test
    void saysInOneSentenceThatTheJavaAskedForWillNotDo() throws Exception {
        Path home = copyLauncher("bilitw");
        Path old = createJava("old", "17.0.15");
        Result result =
                run(List.of(home + "/bin/bilitw"), Map.of("BILITW_JAVA_HOME", old.toString()));
        assertThat(result.output())
                .isEqualTo(
                        "bilitw: BILITW_JAVA_HOME="
                                + old
                                + " has no bin/java of Java 25 or newer.\n");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void startsFromTheCacheOfTheBuild() throws Exception {
        assertThat(checkConfiguration(PACKAGED, TELL_CLASSES).output()).contains(FROM_CACHE);
    }

    @Test
    void startsFromTheCacheWhereverItIsCopiedTo() throws Exception {
        Path home = copyAll("my bilitw");
        assertThat(checkConfiguration(home, TELL_CLASSES).output()).contains(FROM_CACHE);
    }

    @Test
    void startsWithoutAWordWhenThereIsNoCache() throws Exception {
        Path home = copyAll("bilitw");
        Files.delete(home.resolve(CACHE));
        assertThat(checkConfiguration(home, "").output()).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void startsWithoutAWordWhenTheCacheIsGarbage(int bytes) throws Exception {
        Path home = copyAll("bilitw");
        Files.write(home.resolve(CACHE), new byte[bytes]);
        assertThat(checkConfiguration(home, "").output()).isEqualTo(GOOD);
    }

    @Test
    void startsWithoutAWordWhenTheCacheIsCutShort() throws Exception {
        Path home = copyAll("bilitw");
        Files.write(
                home.resolve(CACHE),
                Arrays.copyOf(Files.readAllBytes(home.resolve(CACHE)), 4_000_000));
        assertThat(checkConfiguration(home, "").output()).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseZGC",
                "-XX:+UseG1GC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:-UseCompressedOops",
                "-XX:AOTCache=/nonexistent -Xlog:aot=off",
                "-Xshare:off",
                "--add-opens=java.base/java.nio=ALL-UNNAMED"
            })
    void startsWithoutAWordWhenFlagsDoNotGoWithTheCache(String flags) throws Exception {
        Result result = checkConfiguration(PACKAGED, flags);
        assertThat(result.output()).isEqualTo(GOOD);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void makesTheCacheAnew() throws Exception {
        Path home = copyAll("bilitw");
        Files.delete(home.resolve(CACHE));

        Result result = run(List.of(home + "/bin/bilitw", "train"), Map.of());

        assertThat(result.output()).isEmpty();
        assertThat(checkConfiguration(home, TELL_CLASSES).output()).contains(FROM_CACHE);
    }

    @Test
    void leavesTheCacheAloneWhenTrainingFails() throws Exception {
        Path home = copyLauncher("bilitw");
        Path cache = Files.writeString(home.resolve(CACHE), "before");
        Map<String, String> java = Map.of("BILITW_JAVA_HOME", createJava("java", "25").toString());

        Result result = run(List.of(home + "/bin/bilitw", "train"), java);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).endsWith("bilitw: " + cache + " was not made\n");
        assertThat(cache).hasContent("before");
        try (Stream<Path> files = Files.list(cache.getParent())) {
            assertThat(files).noneMatch(file -> file.toString().contains(".aot."));
        }
    }

    @Test
    void passesOverCacheThatIsOlderThanTheJar() throws Exception {
        Path home = copyLauncher("bilitw");
        Map<String, String> java = Map.of("BILITW_JAVA_HOME", createJava("java", "25").toString());
        Path jar = Files.createFile(home.resolve("lib/bilitw.jar"));
        Path cache = Files.createFile(home.resolve(CACHE));
        FileTime time = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(jar, time);
        Files.setLastModifiedTime(cache, time);
        List<String> command = List.of(home + "/bin/bilitw");
        assertThat(run(command, java).output().lines())
                .containsSequence("-XX:AOTCache=" + cache, "-Xlog:aot*=off");

        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_001_000));

        assertThat(run(command, java).output()).doesNotContain("AOTCache");
    }

    /** Has the packaged program, with more flags of the JVM, check a good configuration. */
    private Result checkConfiguration(Path home, String flags) throws Exception {
        Files.writeString(
                directory.resolve("good.yml"),
                "alpha:\n  listen: 127.0.0.1:22121\n  servers: 127.0.0.1:6379:1\n");
        ProcessBuilder builder =
                new ProcessBuilder(home + "/bin/bilitw", "-t", "-c", "good.yml")
                        .directory(directory.toFile())
                        .redirectErrorStream(true);
        builder.environment().put("BILITW_JAVA_OPTS", flags);
        return result(builder.start());
    }

    /** Copies the whole packaged directory, with the times of its files. */
    private Path copyAll(String name) throws Exception {
        Path home = directory.resolve(name);
        Process copy = new ProcessBuilder("cp", "-a", PACKAGED.toString(), home.toString()).start();
        assertThat(copy.waitFor()).isZero();
        return home;
    }

    /** Copies what the launcher itself needs; the jars are not looked at by our Javas. */
    private Path copyLauncher(String name) throws IOException {
        Path home = directory.resolve(name);
        for (String file : List.of("bin/bilitw", "lib/find-java.sh")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.copy(PACKAGED.resolve(file), home.resolve(file));
        }
        return home.toRealPath();
    }

    /**
     * Makes a Java of that version that prints its own path and its arguments, and exits with 7.
     */
    private Path createJava(String name, String version) throws IOException {
        Path java = Files.createDirectories(directory.resolve(name)).toRealPath();
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(
                java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path program = java.resolve("bin/java");
        Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\nexit 7\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return java;
    }

    private record Result(int exitCode, String output) {}

    private static Result run(List<String> command, Map<String, String> environment)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeAll(List.of("BILITW_JAVA_HOME", "BILITW_JAVA_OPTS", "JAVA_HOME"));
        builder.environment().putAll(environment);
        return result(builder.start());
    }

    private static Result result(Process process) throws Exception {
        String output = text(process);
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
