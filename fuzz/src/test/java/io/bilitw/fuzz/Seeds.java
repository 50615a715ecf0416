package io.bilitw.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The seeds of two targets, where Jazzer looks for them: one file a conversation in each. */
final class Seeds {

    private static final Path RESOURCES = Path.of("src", "test", "resources");

    /** How the bytes of a seed arrive: an offset, and the sizes of the pieces. */
    private static final byte[] CUTS = {3, 40, 2, 17, 0, 99, 7};

    private final Path requests;
    private final Path responses;

    /** Those of the target for requests and of the one for responses. */
    Seeds(Class<?> requestTarget, Class<?> responseTarget) {
        requests = directoryOf(requestTarget);
        responses = directoryOf(responseTarget);
    }

    private static Path directoryOf(Class<?> target) {
        Method method =
                Arrays.stream(target.getDeclaredMethods())
                        .filter(candidate -> candidate.isAnnotationPresent(FuzzTest.class))
                        .findFirst()
                        .orElseThrow();
        return RESOURCES.resolve(
                Path.of(
                        target.getPackageName().replace('.', '/'),
                        target.getSimpleName() + "Inputs",
                        method.getName()));
    }

    /** Writes those of {@code conversation}, in which the server has said {@code said}. */
    void write(Conversation conversation, byte[] said) throws IOException {
        Files.createDirectories(requests);
        Files.createDirectories(responses);
        Files.write(requests.resolve(conversation.name()), requestSeed(conversation));
        Files.write(
                responses.resolve(conversation.name()),
                seed(conversation.flags().responses(), said));
    }

    /** Fails unless the files are there and the one with the requests is as it would be written. */
    void holdWritten(Conversation conversation) {
        assertThat(requests.resolve(conversation.name()))
                .as("written with -Dbilitw.seeds.write=true")
                .hasBinaryContent(requestSeed(conversation));
        assertThat(responses.resolve(conversation.name())).isNotEmptyFile();
    }

    private static byte[] requestSeed(Conversation conversation) {
        return seed(conversation.flags().requests(), conversation.requests());
    }

    private static byte[] seed(int flags, byte[] wire) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(flags);
        seed.writeBytes(CUTS);
        seed.writeBytes(wire);
        return seed.toByteArray();
    }
}
