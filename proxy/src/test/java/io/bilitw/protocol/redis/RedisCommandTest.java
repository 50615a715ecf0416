package io.bilitw.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.Handling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisCommandTest {

    @ParameterizedTest
    @EnumSource
    void findsEveryRowInWhateverCase(RedisCommand command) {
        String name = command.lowerName();
        assertThat(find(name)).isEqualTo(command);
        assertThat(find(name.toUpperCase(Locale.ROOT))).isEqualTo(command);
        assertThat(find(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)))
                .isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ge", "gett", "json_get", "g\u0005t", "bitfield\u007fro", "ýet"})
    void findsNothingElse(String name) {
        assertThat(find(name)).isNull();
    }

    @Test
    void countsTheNameAmongTheArguments() {
        assertThat(RedisCommand.GET.acceptsCount(2)).isTrue();
        assertThat(RedisCommand.GET.acceptsCount(1)).isFalse();
        assertThat(RedisCommand.GET.acceptsCount(3)).isFalse();
        assertThat(RedisCommand.SET.acceptsCount(2)).isFalse();
        assertThat(RedisCommand.SET.acceptsCount(7)).isTrue();
    }

    @Test
    void namesModuleCommandsWithADot() {
        assertThat(RedisCommand.TDIGEST_TRIMMED_MEAN.lowerName()).isEqualTo("tdigest.trimmed_mean");
        assertThat(RedisCommand.BITFIELD_RO.lowerName()).isEqualTo("bitfield_ro");
        assertThat(RedisCommand.RESTORE_ASKING.lowerName()).isEqualTo("restore-asking");
    }

    @Test
    void splitsSixCommands() {
        assertThat(
                        Arrays.stream(RedisCommand.values())
                                .filter(command -> command.handling() == Handling.SPLIT))
                .containsExactlyInAnyOrder(
                        RedisCommand.MGET,
                        RedisCommand.MSET,
                        RedisCommand.DEL,
                        RedisCommand.UNLINK,
                        RedisCommand.TOUCH,
                        RedisCommand.EXISTS);
        assertThat(RedisCommand.MGET.splitOrNull()).isEqualTo(RedisSplit.MGET);
        assertThat(RedisCommand.GET.splitOrNull()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void forwardsOnlyWhatHasKeys(RedisCommand command) {
        if (command.handling() != Handling.ANSWER) {
            assertThat(command.keys()).isNotEqualTo(KeyRange.NONE);
        }
    }

    private static @Nullable RedisCommand find(String name) {
        ByteBuf in = Unpooled.copiedBuffer("xx" + name + "xx", StandardCharsets.ISO_8859_1);
        return RedisCommand.find(in, 2, name.length());
    }
}
