package io.bilitw.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WordIndexTest {

    private static final List<String> WORDS =
            IntStream.range(0, 3000).mapToObj(i -> "w" + i * 7919).toList();

    private final WordIndex<String> exact = new WordIndex<>(WORDS, UnaryOperator.identity(), false);
    private final WordIndex<String> folding =
            new WordIndex<>(WORDS, UnaryOperator.identity(), true);

    @Test
    void findsEveryWord() {
        assertThat(WORDS).allSatisfy(word -> assertThat(find(exact, word)).isEqualTo(word));
    }

    @Test
    void findsNoOther() {
        assertThat(find(exact, "w1")).isNull();
        assertThat(find(exact, "")).isNull();
        assertThat(find(exact, "w0 ")).isNull();
    }

    @Test
    void ignoresCaseOnlyWhenAsked() {
        assertThat(find(exact, "W7919")).isNull();
        assertThat(find(folding, "W7919")).isEqualTo("w7919");
    }

    private static @Nullable String find(WordIndex<String> index, String word) {
        ByteBuf in = Unpooled.copiedBuffer("##" + word + "##", US_ASCII);
        return index.find(in, 2, word.length());
    }
}
