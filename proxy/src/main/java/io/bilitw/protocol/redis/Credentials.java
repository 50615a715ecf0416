package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The one password of a pool, which its only user {@code default} has, if it has one at all. A
 * password is compared in a time that does not depend on how much of a guess is right.
 */
final class Credentials {

    private static final String USER = "default"; // no secret

    private final byte @Nullable [] password;

    Credentials(@Nullable String password) {
        this.password = password == null ? null : password.getBytes(StandardCharsets.UTF_8);
    }

    /** Tells whether clients have to show a password. */
    boolean areNeeded() {
        return password != null;
    }

    /** Tells whether argument {@code index} is the password. */
    boolean hasPassword(RedisArguments arguments, int index) {
        return password != null
                && MessageDigest.isEqual(password, bytes(arguments, index, password.length));
    }

    /** Tells whether argument {@code index} is the user, and the next one the password. */
    boolean hasUserAndPassword(RedisArguments arguments, int index) {
        return arguments.text(index).equals(USER) && hasPassword(arguments, index + 1);
    }

    /** Copies no more of a guess than shows that it is too long. */
    private static byte[] bytes(RedisArguments arguments, int index, int passwordBytes) {
        int from = arguments.from(index);
        int bytes = Math.min(arguments.to(index) - from, passwordBytes + 1);
        return ByteBufUtil.getBytes(arguments.source(), from, bytes);
    }
}
