package io.bilitw.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record component a key of the configuration file: the one source of its default, its
 * range and its documentation.
 *
 * <p>The key's name is the component's in snake case, so {@code serverRetryTimeout} is {@code
 * server_retry_timeout}; how its text is read follows from the component's type ({@link
 * ValueType}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {

    /**
     * The value of an absent key, written as in the file; empty when {@link #absent()} says what
     * happens instead.
     */
    String byDefault() default "";

    /** What the absence of a key without default means, for the documentation page. */
    String absent() default "";

    /** Whether a file without this key is refused. */
    boolean required() default false;

    /** The smallest number allowed. */
    int min() default 0;

    /** Whether the number 0 stands for the default, as twemproxy's "not set". */
    boolean zeroIsDefault() default false;

    /** The unit of the number, for the documentation page. */
    String unit() default "";

    /** What the key is for, in whole sentences. */
    String doc();
}
